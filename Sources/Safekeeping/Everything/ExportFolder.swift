internal import Foundation

/// The folder of an export, under a name of its own until it is whole.
struct ExportFolder {
    let path: String
    private let partial: String

    /// Throws ``KeepingRefusal`` when something is there already.
    init(path: String) throws {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        partial = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
        try checkFree()
        do {
            try? FileManager.default.removeItem(atPath: partial)
            try FileManager.default.createDirectory(
                atPath: partial, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw KeepingRefusal("\(path) could not be made. Check that the folder above it is there and may be written to.")
        }
    }

    func file(_ name: String) -> String { "\(partial)/\(name)" }

    /// Gives the folder its name.
    func finish() throws {
        try checkFree()
        do {
            // Takes away an empty folder only, whatever came into it meanwhile.
            rmdir(path)
            try FileManager.default.moveItem(atPath: partial, toPath: path)
        } catch {
            throw KeepingRefusal("\(path) could not be given its name; everything is in \(partial).")
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: partial) }

    private func checkFree() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        let isEmpty = (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty
        guard isFolder.boolValue, isEmpty == true else {
            throw KeepingRefusal("\(path) is there already and not an empty folder. Give the name of a new one.")
        }
    }
}
