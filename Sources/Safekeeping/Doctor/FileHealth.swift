internal import Civil
internal import Foundation

/// The file of a SQLite database: who may read it, when it was written, how much room is beside it.
struct FileHealth {
    let path: String
    let now: Instant

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Less room than this and the next import may fill the disk.
    static let leastRoom = 500_000_000

    var findings: [Finding] {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return [] }
        return [permissions(facts), room(facts), age(facts)].compactMap { $0 }
    }

    private func permissions(_ facts: [FileAttributeKey: Any]) -> Finding? {
        guard let mode = (facts[.posixPermissions] as? NSNumber)?.intValue else { return nil }
        if mode & 0o007 != 0 {
            return Finding(.wrong, "permissions", "Everybody on this machine may read \(path). Say: chmod 600 \(path)*")
        }
        return mode & 0o020 != 0
            ? Finding(.look, "permissions", "The file’s group may write it. If that is not meant, say: chmod 600 \(path)*")
            : Finding(.ok, "permissions", "The file is for its owner only, or its owner’s group to read.")
    }

    private func room(_ facts: [FileAttributeKey: Any]) -> Finding? {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard let system = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let free = (system[.systemFreeSize] as? NSNumber)?.intValue
        else { return nil }
        let size = (facts[.size] as? NSNumber)?.intValue ?? 0
        let text = "\(free / 1_000_000) MB are free beside a database of \(size / 1_000_000) MB"
        if free < FileHealth.leastRoom { return Finding(.wrong, "disk", "Only \(text). Make room.") }
        // A big load writes as much again as there is before it is folded in.
        return free < 2 * size + FileHealth.leastRoom
            ? Finding(.look, "disk", "\(text). A big load may need twice the database. Make room.") : Finding(.ok, "disk", "\(text).")
    }

    private func age(_ facts: [FileAttributeKey: Any]) -> Finding? {
        guard let written = facts[.modificationDate] as? Date else { return nil }
        let ahead = Int(written.timeIntervalSince1970) - now.seconds
        return ahead > 120
            ? Finding(
                .wrong, "file times", "The database was written \(ahead) seconds in the future: the clock was set back. Set it by NTP.")
            : nil
    }
}
