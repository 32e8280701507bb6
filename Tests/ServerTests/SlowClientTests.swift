import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

@Suite struct SlowClientTests {
    /// A connection in a clock of its own.
    private func connection(
        isCrowded: Bool = false, _ limits: ConnectionLimits = ConnectionLimits()
    ) throws -> (EmbeddedChannel, EmbeddedEventLoop) {
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(handler: PaceKeeper(limits) { isCrowded }, loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.7", port: 1)).wait()
        return (channel, loop)
    }

    @Test("A first request whose head does not come is not waited for, however it drips; one that came is answered in its own time")
    func firstHead() throws {
        let limits = ConnectionLimits()
        let (dripping, clock) = try connection()
        for _ in 0..<(limits.firstHead.nanoseconds / 1_000_000_000 - 1) {
            try dripping.writeInbound(ByteBuffer(string: "x"))
            clock.advanceTime(by: .seconds(1))
            #expect(dripping.isActive)
        }
        clock.advanceTime(by: limits.beat + .seconds(1))
        #expect(!dripping.isActive)

        let (good, later) = try connection()
        good.pipeline.fireUserInboundEventTriggered(RequestMoment.headArrived)
        later.advanceTime(by: .hours(1))
        #expect(good.isActive)
    }

    @Test(
        "After an answer the next head is waited for, sooner no longer when connections run short; what drips in meanwhile counts for nothing"
    )
    func nextHead() throws {
        let limits = ConnectionLimits()
        for (isCrowded, limit) in [(false, limits.nextHead), (true, limits.nextHeadWhenCrowded)] {
            let (channel, clock) = try connection(isCrowded: isCrowded)
            channel.pipeline.fireUserInboundEventTriggered(RequestMoment.headArrived)
            channel.pipeline.fireUserInboundEventTriggered(RequestMoment.answered)
            clock.advanceTime(by: limit - .seconds(1))
            // The rest of a body that was refused.
            try channel.writeInbound(ByteBuffer(string: "x"))
            #expect(channel.isActive)
            clock.advanceTime(by: limits.beat + .seconds(1))
            #expect(!channel.isActive)
        }
    }

    @Test("An answer that nobody takes is not kept for ever; one that is taken slowly is, as long as it moves")
    func slowReaders() throws {
        let limits = ConnectionLimits()
        let (deaf, clock) = try connection()
        deaf.pipeline.fireUserInboundEventTriggered(RequestMoment.headArrived)
        deaf.write(ByteBuffer(repeating: 0, count: 1_000_000), promise: nil)
        clock.advanceTime(by: limits.stuckAnswer)
        #expect(deaf.isActive)
        clock.advanceTime(by: limits.beat + limits.beat)
        #expect(!deaf.isActive)

        let (slow, later) = try connection()
        slow.pipeline.fireUserInboundEventTriggered(RequestMoment.headArrived)
        for _ in 0..<60 {
            // What was written before leaves with the flush, and more waits already.
            slow.flush()
            slow.write(ByteBuffer(repeating: 0, count: Int(limits.slowestReader) * 10), promise: nil)
            later.advanceTime(by: .seconds(10))
            #expect(slow.isActive)
        }
    }

    @Test("No address takes more than its share of the connections; this machine and a proxy of ours may")
    func share() {
        var limits = ConnectionLimits()
        limits.total = 8
        limits.perAddress = 3
        let count = ConnectionCount(limits)
        #expect((0..<4).map { _ in count.enter("192.0.2.7") } == [true, true, true, false])
        count.leave("192.0.2.7")
        count.leave("192.0.2.7")
        #expect(count.enter("192.0.2.7"))
        #expect(!count.isCrowded)
        #expect((0..<4).map { _ in count.enter("") } == [true, true, true, true])
        #expect(count.isCrowded)
    }

    @Test("While as many as there is room for send half a request and stop, somebody else is served; so it is with bodies that never end")
    func servesOthers() async throws {
        for opening in [
            "GET /health HTTP/1.1\r\nHost: localhost", "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc",
        ] {
            let served = try await LiveHouse.with { configuration in
                configuration.connections.total = 8
                configuration.connections.firstHead = .seconds(2)
                configuration.connections.nextHead = .seconds(2)
                configuration.connections.beat = .milliseconds(50)
            } while: { port -> (String, [String]) in
                let slow = try (0..<8).map { _ in try RawSocket(port: port) }
                for socket in slow { try socket.send(opening) }
                // On a machine that is very busy we are slow ourselves now and then, and try again as a browser would.
                var served = ""
                for _ in 0..<200 where !served.hasPrefix("HTTP/1.1 200") {
                    let good = try RawSocket(port: port)
                    try? good.send("GET /health HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n")
                    served = await good.readToEnd()
                }
                return (served, await slow.asyncMap { await $0.readToEnd() })
            }
            #expect(served.0.hasPrefix("HTTP/1.1 200"))
            #expect(served.0.hasSuffix(#"{"status":"ok"}"#))
            // They were let go: a head that never ended got nothing, a form for nowhere its refusal.
            for answer in served.1 { #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4")) }
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ change: (Element) async -> T) async -> [T] {
        var all: [T] = []
        for element in self { all.append(await change(element)) }
        return all
    }
}
