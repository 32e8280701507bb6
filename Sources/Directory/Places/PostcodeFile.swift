enum PostcodeFile {
    static func read(_ run: LoadRun) throws { throw LoadRefusal("Not ready.") }
}
