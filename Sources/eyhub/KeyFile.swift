internal import Foundation

/// A file that holds the installation's key, readable by its owner only.
enum KeyFile {
    /// Puts the new file in the old one's place, in one step, and has the folder remember it.
    static func replace(_ path: String, with new: String) throws {
        guard rename(new, path) == 0 else {
            throw Refused("The new key is in \(new) and could not be put in the place of \(path). Do that by hand.")
        }
        let folder = open(
            (path as NSString).deletingLastPathComponent.isEmpty ? "." : (path as NSString).deletingLastPathComponent, O_RDONLY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Takes away a file that holds less than a whole key.
    static func removeIfUnfinished(_ path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), !text.hasSuffix("\n") else { return }
        unlink(path)
    }

    /// What is in it; nil when it is not there.
    static func read(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Refused("The key file \(path) cannot be read. It must belong to whoever runs eyhub: look with “ls -l \(path)”.")
        }
        let key = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard key.utf8.count >= 32 else { throw Refused("\(path) holds no key. Restore it from your backup of it.") }
        return key
    }

    /// What is in it, or a new key written to it.
    static func read(or path: String) throws -> String {
        if let key = try read(path) { return key }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in String(UInt8.random(in: .min ... .max, using: &generator), radix: 16) }.joined()
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        // Another copy of the program may have been quicker.
        guard file >= 0 else {
            if errno == EEXIST { return try read(or: path) }
            throw Refused("The key file \(path) could not be written. Check that the folder may be written to.")
        }
        defer { close(file) }
        let bytes = Array((key + "\n").utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw Refused("The key file \(path) could not be written in full. Is the disk full?")
        }
        return key
    }
}
