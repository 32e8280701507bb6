internal import Store

/// How many connections there are, in all and from each address.
final class ConnectionCount: Sendable {
    private struct State {
        var total = 0
        var addresses: [String: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let state = Locked(State())

    init(_ limits: ConnectionLimits) { self.limits = limits }

    /// Three quarters of all are taken.
    var isCrowded: Bool { state.withLock { $0.total * 4 >= limits.total * 3 } }

    /// Counts a connection. False when its address has as many as one may have. An empty address (this machine, or a proxy of ours,
    /// through which everybody comes) may have any number.
    func enter(_ address: String) -> Bool {
        state.withLock { state in
            state.total += 1
            let count = state.addresses[address, default: 0] + 1
            state.addresses[address] = count
            return address.isEmpty || count <= limits.perAddress
        }
    }

    func leave(_ address: String) {
        state.withLock { state in
            state.total -= 1
            let count = state.addresses[address, default: 1] - 1
            state.addresses[address] = count > 0 ? count : nil
        }
    }
}
