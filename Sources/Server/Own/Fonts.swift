internal import Foundation

/// The fonts of the headings, read once at the start. They are not ours: setup makes them from the system's package.
struct Fonts: Sendable {
    private let files: [String: [UInt8]]

    /// Takes the WOFF2 files of a folder; their names are served in lower case. No folder, no fonts: pages use the system's own.
    init(folder: String?) {
        var files: [String: [UInt8]] = [:]
        if let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) {
            for name in names.sorted().prefix(20) where name.lowercased().hasSuffix(".woff2") && !name.hasPrefix(".") {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), data.count < 2_000_000
                else { continue }
                files[name.lowercased()] = Array(data)
            }
        }
        self.files = files
    }

    func font(named name: String) -> [UInt8]? { files[name] }
}
