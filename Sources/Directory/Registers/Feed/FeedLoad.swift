internal import Store
struct FeedLoad {
    init(_ run: LoadRun) {}
    func read() throws { throw LoadRefusal("Not ready.") }
    static func isLoaded(_ session: any Session) throws -> Bool {
        try session.count("select count(*) from registration where register = 'feed'") > 0
    }
}
