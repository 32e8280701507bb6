internal import Foundation

/// Writes whole files.
enum FileOutput {
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Refused("\(path) could not be written. Check that the folder is there and may be written to.")
        }
    }
}
