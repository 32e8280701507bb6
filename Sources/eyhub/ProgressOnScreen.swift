internal import Directory
internal import Safekeeping
internal import Store

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A line that grows while a file is loaded, when a person is watching (standard error is a terminal).
enum ProgressOnScreen {
    static func make() -> LoadProgress? {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        let shown = Locked(-1)
        return LoadProgress { stage, fraction in
            let percent = Int(fraction * 100)
            let isNew = shown.withLock { shown in
                defer { shown = percent }
                return shown != percent
            }
            if isNew { Output.complain("\u{1B}[1A\u{1B}[2K\(stage) \(percent) %") }
        }
    }

    /// The same for what is kept or brought back, whose end nobody knows beforehand.
    static func rows(silent: Bool = false) -> KeepingProgress {
        guard !silent, isatty(STDERR_FILENO) == 1 else { return .silent }
        let begun = Locked(false)
        return KeepingProgress { doing, rows in
            // The line before the first of ours is somebody else's.
            let isFirst = begun.withLock { begun in
                defer { begun = true }
                return !begun
            }
            Output.complain("\(isFirst ? "" : "\u{1B}[1A\u{1B}[2K")\(doing): \(rows) rows")
        }
    }
}
