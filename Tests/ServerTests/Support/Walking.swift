import Hummingbird
import NIOCore
import TestKit

extension TestHouse {
    /// A person who follows links and fills in forms.
    var walker: Walker {
        Walker { request in
            let fromHere = request.method == "POST" ? TestHouse.fromHere : []
            let answered = try await send(
                request.method, request.path, headers: request.headers.map { ($0.name, $0.value) } + fromHere,
                body: RequestBody(buffer: ByteBuffer(bytes: request.body)))
            return WalkResponse(
                status: answered.status, headers: answered.headers.map { ($0.name.rawName, $0.value) },
                body: answered.body)
        }
    }
}
