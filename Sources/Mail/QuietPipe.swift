internal import Glibc

/// Keeps SIGPIPE away from this thread for a while. Writing to a line the other side has closed raises it, and it would end the
/// program; libcurl leaves it to us when it may use no signals. To ignore it everywhere would be for the whole program, and for the
/// programs it starts, to feel.
struct QuietPipe {
    private var before = sigset_t()
    private let wasWaiting: Bool

    init() {
        var pipe = QuietPipe.pipe
        var waiting = sigset_t()
        sigpending(&waiting)
        wasWaiting = sigismember(&waiting, SIGPIPE) == 1
        pthread_sigmask(SIG_BLOCK, &pipe, &before)
    }

    /// Takes away what was raised meanwhile and puts things back as they were.
    func end() {
        var waiting = sigset_t()
        sigpending(&waiting)
        if !wasWaiting, sigismember(&waiting, SIGPIPE) == 1 {
            var pipe = QuietPipe.pipe
            var noTime = timespec()
            sigtimedwait(&pipe, nil, &noTime)
        }
        var before = before
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }

    private static var pipe: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        return set
    }
}
