struct WardLoad {
    init(_ run: LoadRun) {}
    func read() throws { throw LoadRefusal("Not ready.") }
}
