internal import Page
internal import Store

/// The store as one request has it: every transaction asks first whether the asker may do what they came for, so that no page
/// can forget to.
struct PermittedDatabase: Database {
    let whole: any Database
    let permit: Permit

    var engine: Engine { whole.engine }
    var identity: ObjectIdentifier { whole.identity }
    var writes: UInt64 { whole.writes }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.read { session in
            try permit.check(in: session)
            return try work(session)
        }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.write { session in
            try permit.check(in: session)
            return try work(session)
        }
    }

    /// A request does not close the house.
    func close() async {}
}

extension Tools {
    /// The same tools for another asker, without a permit: for pages that say why not.
    public func serving(_ asker: Asker) -> Tools {
        var tools = self
        tools.asker = asker
        return tools
    }

    /// The tools for one request: they work for its asker, and the database asks for the permit in every transaction.
    func acting(on request: Request) -> Tools {
        var tools = self
        tools.database = PermittedDatabase(whole: database, permit: request.permit)
        tools.asker = request.asker
        tools.permit = request.permit
        tools.look = request.look
        tools.here =
            request.method == .get ? PageAddress(request.path, request.query.pairs.map { ($0.name, $0.value) }).without("done").href : nil
        return tools
    }
}
