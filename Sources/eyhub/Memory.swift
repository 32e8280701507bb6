internal import CMemory

/// How the program holds memory.
enum Memory {
    /// Two pools of free memory for all threads. The C library gives each thread its own, and what one frees no other uses: over ten
    /// minutes of a hub in use that came to a third more (`docs/benchmarks.md`). Call it before there are other threads.
    static func shareBetweenThreads() { _ = eyhub_share_free_memory() }
}
