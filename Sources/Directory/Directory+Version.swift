internal import Store

extension Directory {
    /// Moves the directory's version on, so that every running copy refreshes its search index, and returns the new one.
    /// Each changed setting row is given this version in the same transaction.
    @discardableResult
    static func touch(_ session: any Session) throws -> Int {
        try session.run("update directory_version set version = version + 1")
        return try session.count("select version from directory_version")
    }
}
