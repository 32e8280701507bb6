import Testing

@testable import Files

/// A CSV reader written to be obviously right and nothing else: one byte at a time, the whole text at hand.
enum SlowCSV {
    struct Unclosed: Error {
        let line: Int
    }

    struct Record: Equatable {
        var fields: [[UInt8]] = []
        var line: Int
    }

    static func read(_ text: [UInt8], delimiter: UInt8) throws -> [Record] {
        var records: [Record] = []
        var index = 0
        var line = 1
        /// A line end here, if there is one: how many bytes it takes.
        func lineEnd(_ at: Int) -> Int {
            guard at < text.count else { return 0 }
            if text[at] == 13 { return at + 1 < text.count && text[at + 1] == 10 ? 2 : 1 }
            return text[at] == 10 ? 1 : 0
        }
        while index < text.count {
            if lineEnd(index) > 0 {
                index += lineEnd(index)
                line += 1
                continue
            }
            var record = Record(line: line)
            while true {
                var field: [UInt8] = []
                if index < text.count, text[index] == 34 {
                    let opened = line
                    index += 1
                    while true {
                        guard index < text.count else { throw Unclosed(line: opened) }
                        if text[index] == 34 {
                            if index + 1 < text.count, text[index + 1] == 34 {
                                field.append(34)
                                index += 2
                                continue
                            }
                            index += 1
                            break
                        }
                        let length = max(1, lineEnd(index))
                        if lineEnd(index) > 0 { line += 1 }
                        field += text[index..<index + length]
                        index += length
                    }
                }
                while index < text.count, text[index] != delimiter, lineEnd(index) == 0 {
                    field.append(text[index])
                    index += 1
                }
                record.fields.append(field)
                guard index < text.count, text[index] == delimiter else { break }
                index += 1
            }
            index += lineEnd(index)
            line += 1
            records.append(record)
        }
        return records
    }
}

@Suite("The fast CSV reader agrees with the slow one")
struct CSVFuzzTests {
    private static func fast(_ text: [UInt8], delimiter: UInt8, buffer: Int) throws -> [SlowCSV.Record] {
        var options = CSV.Options(delimiter: delimiter)
        options.bufferSize = buffer
        var found: [SlowCSV.Record] = []
        try CSV.read(.bytes(text, name: "fuzz.csv"), options: options) { row in
            found.append(SlowCSV.Record(fields: row.fields.map { Array($0.utf8) }, line: row.line))
        }
        return found
    }

    private static func compare(_ text: [UInt8], delimiter: UInt8, buffer: Int) -> Bool {
        do {
            let slow = try SlowCSV.read(text, delimiter: delimiter)
            return try fast(text, delimiter: delimiter, buffer: buffer) == slow
        } catch let unclosed as SlowCSV.Unclosed {
            let found = problem { _ = try fast(text, delimiter: delimiter, buffer: buffer) }
            return found?.kind == .malformed && found?.line == unclosed.line
        } catch {
            return false
        }
    }

    @Test(
        "on random texts of the characters that matter, with buffers from one byte up",
        arguments: 0..<8 as Range<UInt64>)
    func soup(seed: UInt64) {
        var random = Seeded(seed)
        let alphabet: [[UInt8]] = [
            [34], [34], [34, 34], [44], [44], [59], [9], [10], [13], [13, 10], [0x61], [0x62, 0x63], [32],
            Array("é–".utf8),
        ]
        for round in 0..<1500 {
            let pieces = Int.random(in: 0...40, using: &random)
            let text = (0..<pieces).flatMap { _ in random.pick(alphabet) }
            let delimiter = random.pick([44, 59, 9] as [UInt8])
            let buffer = random.pick([1, 2, 3, 7, 16, 64, 1024])
            #expect(
                CSVFuzzTests.compare(text, delimiter: delimiter, buffer: buffer),
                "seed \(seed), round \(round), buffer \(buffer): \(String(decoding: text, as: UTF8.self).debugDescription)"
            )
        }
    }

    @Test("on a real file with bytes changed, removed, doubled and cut off", arguments: 0..<4 as Range<UInt64>)
    func mutated(seed: UInt64) throws {
        let real = Array(try fixture("ofsted-2021.csv").readAll().prefix(6000))
        var random = Seeded(seed &+ 99)
        let splinters: [UInt8] = [34, 44, 10, 13, 32, 0x61]
        for round in 0..<250 {
            var text = real
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text[place] = random.pick(splinters)
                case 1: text.remove(at: place)
                case 2: text.insert(random.pick(splinters), at: place)
                default: text.insert(contentsOf: text[max(0, place - 50)..<place], at: place)
                }
            }
            text = Array(text.prefix(Int.random(in: 100...text.count, using: &random)))
            #expect(CSVFuzzTests.compare(text, delimiter: 44, buffer: 97), "seed \(seed), round \(round)")
        }
    }

    @Test(
        "whatever the bytes, the reader ends with records or a refusal that names the file",
        arguments: 0..<4 as Range<UInt64>)
    func noise(seed: UInt64) {
        var random = Seeded(seed &+ 1234)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...600, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            do {
                try Table.read(.bytes(bytes, name: "noise")) { row in
                    for index in 0..<row.count { _ = row.text(index, folding: true) }
                }
            } catch let found as FileProblem {
                #expect(found.file == "noise" && !found.message.isEmpty)
            } catch {
                Issue.record("an error of another kind: \(error)")
            }
        }
    }
}
