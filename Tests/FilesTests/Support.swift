import Files
import Foundation
import Testing

/// A file from the Fixtures folder.
func fixture(_ name: String) throws -> ByteSource {
    let folder = try #require(Bundle.module.resourceURL)
    return .file(folder.appendingPathComponent("Fixtures/\(name)").path)
}

func source(_ text: String, name: String = "list.csv") -> ByteSource {
    .bytes(Array(text.utf8), name: name)
}

/// All records of a text as fields.
func records(_ source: ByteSource, options: CSV.Options = .init()) throws -> [[String]] {
    var all: [[String]] = []
    try CSV.read(source, options: options) { all.append($0.fields) }
    return all
}

func records(_ text: String) throws -> [[String]] { try records(source(text)) }

/// The refusal an action ends with.
func problem(_ action: () throws -> Void) -> FileProblem? {
    do {
        try action()
        return nil
    } catch {
        return error as? FileProblem
    }
}

/// A generator whose sequence is fixed by its seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }
}

func pathOf(_ fixture: String) throws -> String {
    try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/\(fixture)").path
}

/// A fixture's bytes as they lie on disk.
func rawBytes(_ fixture: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: pathOf(fixture))))
}

func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in (mark ? [0xFEFF] : []) + Array(text.utf16) {
        let pair: [UInt8] = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        bytes += bigEndian ? pair : pair.reversed()
    }
    return bytes
}

/// The rows of the CSV extract that the spreadsheets among the fixtures were made from, days turned round as they are there.
func namedSettings() throws -> [(urn: String, registered: String, places: String)] {
    let columns = [
        HeaderSpec.Column("Provider URN"), HeaderSpec.Column("Registration date"), HeaderSpec.Column("Places"),
    ]
    var found: [(urn: String, registered: String, places: String)] = []
    try Table.read(fixture("ofsted-2021.csv"), header: HeaderSpec(columns)) { row, header in
        guard !row.equals(header.index(ofHeader: "Provider name"), "REDACTED") else { return }
        let day = row.text(header["Registration date"]).split(separator: "/").reversed().joined(separator: "-")
        found.append((row.text(header["Provider URN"]), day, row.text(header["Places"])))
    }
    return found
}

/// Lends the path of a pipe the bytes come out of, once.
func throughPipe<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    let thread = Thread {
        try? writer.write(contentsOf: Data(bytes))
        try? writer.close()
    }
    thread.start()
    return try body("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
}
