internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOSSL

/// What each connection is made of, nearest to the wire first: its pace, TLS if we speak it ourselves, HTTP/1.1.
struct ServingChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let http: HTTP1Channel
    let limits: ConnectionLimits
    let count: ConnectionCount
    let certificate: CertificateHolder?
    /// Everybody comes through a proxy of ours: its address says nothing.
    let isBehindProxy: Bool

    init(
        responder: @escaping HTTPChannelHandler.Responder, limits: ConnectionLimits, certificate: CertificateHolder?, isBehindProxy: Bool
    ) {
        // Told to the pace keeper, who sees bytes only.
        http = HTTP1Channel(
            responder: { request, writer, channel in
                channel.pipeline.fireUserInboundEventTriggered(RequestMoment.headArrived)
                defer { channel.pipeline.fireUserInboundEventTriggered(RequestMoment.answered) }
                try await responder(request, writer, channel)
            },
            configuration: .init(idleTimeout: limits.nextHead))
        self.limits = limits
        count = ConnectionCount(limits)
        self.certificate = certificate
        self.isBehindProxy = isBehindProxy
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let address = isBehindProxy ? "" : NetworkAddress.counted(channel.remoteAddress?.ipAddress ?? "")
        let isWelcome = count.enter(address)
        channel.closeFuture.whenComplete { [count] _ in count.leave(address) }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(PaceKeeper(limits) { [count] in count.isCrowded })
            if let certificate { try pipeline.addHandler(NIOSSLServerHandler(context: certificate.context)) }
        }.flatMap {
            http.setup(channel: channel, logger: logger)
        }.map { value in
            if !isWelcome { channel.close(promise: nil) }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}
