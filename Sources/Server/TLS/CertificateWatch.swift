internal import Civil
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Looks each minute whether the certificate was renewed, and at once on SIGHUP.
struct CertificateWatch: Service {
    let holder: CertificateHolder
    let clock: Clock
    let logger: Logger

    func run() async throws {
        // Trapped before the first wait: the signal would end the program otherwise.
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { for await _ in signals { look(wasAsked: true) } }
                group.addTask { await lookEachMinute() }
            }
        }
    }

    private func lookEachMinute() async {
        var last = CertificateHolder.Renewal.unchanged
        while (try? await Task.sleep(for: .seconds(60))) != nil {
            let renewal = holder.renew(now: clock.now)
            // What is wrong is said once, not each minute.
            if renewal != last { say(renewal, wasAsked: false) }
            last = renewal
        }
    }

    private func look(wasAsked: Bool) { say(holder.renew(now: clock.now), wasAsked: wasAsked) }

    private func say(_ renewal: CertificateHolder.Renewal, wasAsked: Bool) {
        switch renewal {
        case .unchanged: if wasAsked { logger.notice("certificate", metadata: ["event": "The files are as they were."]) }
        case .renewed(let end): logger.notice("certificate", metadata: ["event": "Renewed, until \(end.shown)."])
        case .kept(let refusal): logger.error("certificate", metadata: ["event": "The old one stays. \(refusal.description)"])
        }
    }
}
