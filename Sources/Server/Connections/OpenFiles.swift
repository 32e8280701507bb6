#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many files and connections the process may hold open.
enum OpenFiles {
    /// Takes what the system allows: the usual 1,024 are fewer than our connections.
    static func raise() {
        var limit = rlimit()
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let kind = RLIMIT_NOFILE
        #endif
        guard getrlimit(kind, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = setrlimit(kind, &limit)
    }
}
