internal import NIOCore

/// What a connection is told of its requests.
enum RequestMoment: Sendable {
    case headArrived, answered
}

/// Lets go of a connection whose other side dawdles: with the head of a request, with the rest of a body nobody wants any more,
/// or with taking the answer. (The pace of a body that is wanted is looked after where it is read.)
///
/// It stands nearest to the socket, below TLS, so that a handshake that is never finished counts too.
final class PaceKeeper: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let limits: ConnectionLimits
    private let isCrowded: @Sendable () -> Bool
    /// Since when the head of a request is waited for; nil while one is being answered.
    private var waitingSince: NIODeadline?
    private var isFirst = true
    private var written: Int64 = 0
    /// Since when bytes lie untaken without a pause, and how many were taken by then.
    private var stuck: (since: NIODeadline, taken: Int64)?
    private var beat: RepeatedTask?

    init(_ limits: ConnectionLimits, isCrowded: @escaping @Sendable () -> Bool) {
        self.limits = limits
        self.isCrowded = isCrowded
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loop = context.eventLoop
        waitingSince = loop.now
        let held = NIOLoopBound((self, context), eventLoop: loop)
        beat = loop.scheduleRepeatedTask(initialDelay: limits.beat, delay: limits.beat) { _ in
            let (keeper, context) = held.value
            keeper.look(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { rest() }

    func channelInactive(context: ChannelHandlerContext) {
        rest()
        context.fireChannelInactive()
    }

    private func rest() {
        beat?.cancel()
        beat = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? RequestMoment {
        case .headArrived:
            waitingSince = nil
            isFirst = false
        case .answered: waitingSince = context.eventLoop.now
        case nil: context.fireUserInboundEventTriggered(event)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written += Int64(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        if hasDawdled(now) || isStuck(context, now) { context.close(promise: nil) }
    }

    private func hasDawdled(_ now: NIODeadline) -> Bool {
        guard let waitingSince else { return false }
        let limit = isFirst ? limits.firstHead : isCrowded() ? limits.nextHeadWhenCrowded : limits.nextHead
        return now - waitingSince >= limit
    }

    private func isStuck(_ context: ChannelHandlerContext, _ now: NIODeadline) -> Bool {
        let untaken = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)).flatMap { $0 } ?? 0
        guard untaken > 0 else {
            stuck = nil
            return false
        }
        let taken = written - Int64(untaken)
        guard let stuck else {
            stuck = (now, taken)
            return false
        }
        return now - stuck.since >= limits.stuckAnswer + .seconds((taken - stuck.taken) / limits.slowestReader)
    }
}
