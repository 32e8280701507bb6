import Foundation
import Testing

/// The list of parts that goes into the Debian package (`scripts/sbom`).
@Suite struct PartsListTests {
    private struct List: Decodable {
        struct Part: Decodable {
            let name: String
            let version: String
            let purl: String
        }
        struct Line: Decodable {
            let ref: String
            let dependsOn: [String]
        }
        let bomFormat: String
        let specVersion: String
        let components: [Part]
        let dependencies: [Line]
    }

    private struct Resolved: Decodable {
        struct Pin: Decodable { let identity: String }
        let pins: [Pin]
    }

    private func list(debian: [String]) async throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["\(Program.project)/scripts/sbom", "1.2", "amd64"] + debian
        process.environment = ["PATH": "/usr/bin:/bin", "SWIFT_VERSION": "6.3.1"]
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(Program.project)/Package.resolved"))
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }

    @Test("It names every Swift package that is pinned, Swift itself and the Debian libraries, each with its version; twice the same")
    func listsEveryPart() async throws {
        // Packages every Debian has, in two versions of one name's spelling.
        let data = try await list(debian: ["libc6", "zlib1g", "libc6"])
        let list = try JSONDecoder().decode(List.self, from: data)
        #expect(list.bomFormat == "CycloneDX" && list.specVersion == "1.5")
        let resolved = try JSONDecoder().decode(
            Resolved.self, from: Data(contentsOf: URL(fileURLWithPath: "\(Program.project)/Package.resolved")))
        let wanted = Set(resolved.pins.map(\.identity) + ["swift-standard-library-and-foundation", "libc6", "zlib1g"])
        #expect(Set(list.components.map(\.name)) == wanted && list.components.count == wanted.count)
        for part in list.components {
            let address = part.purl.removingPercentEncoding ?? ""
            #expect(!part.version.isEmpty && address.hasPrefix("pkg:") && address.contains("@\(part.version)"), "\(part.name)")
        }
        #expect(list.dependencies.first?.dependsOn.count == wanted.count)
        let again = try await self.list(debian: ["zlib1g", "libc6"])
        #expect(again == data)
    }
}
