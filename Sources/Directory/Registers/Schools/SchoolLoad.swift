internal import Store
struct SchoolLoad {
    init(_ run: LoadRun) {}
    func read() throws { throw LoadRefusal("Not ready.") }
}
