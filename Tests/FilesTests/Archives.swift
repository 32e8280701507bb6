@testable import Files

func littleEndian(_ number: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

func checksum(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { Int(crc32(0, $0)) }
}

/// A gzip member holding the bytes in stored blocks.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    file += storedBlocks(bytes)
    return file + littleEndian(checksum(bytes), 4) + littleEndian(bytes.count, 4)
}

func storedBlocks(_ bytes: [UInt8]) -> [UInt8] {
    var blocks: [UInt8] = []
    var rest = bytes[...]
    repeat {
        let piece = rest.prefix(65_535)
        rest = rest.dropFirst(65_535)
        blocks.append(rest.isEmpty ? 1 : 0)
        blocks += littleEndian(piece.count, 2) + littleEndian(~piece.count, 2)
        blocks += piece
    } while !rest.isEmpty
    return blocks
}

/// A zip archive as tests need it, right or wrong in one place.
struct ZipMaker {
    struct Entry {
        var name: String
        var bytes: [UInt8]
        var method = 0
        var flags = 0
        var claimedSize: Int?
        var claimedChecksum: Int?
    }

    var entries: [Entry] = []

    mutating func add(_ name: String, _ text: String) {
        entries.append(Entry(name: name, bytes: Array(text.utf8)))
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let packed = entry.method == 8 ? storedBlocks(entry.bytes) : entry.bytes
            let name = Array(entry.name.utf8)
            var facts = littleEndian(20, 2) + littleEndian(entry.flags, 2) + littleEndian(entry.method, 2)
            facts += littleEndian(0, 4) + littleEndian(entry.claimedChecksum ?? checksum(entry.bytes), 4)
            facts += littleEndian(packed.count, 4) + littleEndian(entry.claimedSize ?? entry.bytes.count, 4)
            facts += littleEndian(name.count, 2) + littleEndian(0, 2)
            directory += [0x50, 0x4B, 1, 2] + littleEndian(20, 2) + facts
            directory += littleEndian(0, 10) + littleEndian(file.count, 4) + name
            file += [0x50, 0x4B, 3, 4] + facts + name + packed
        }
        let start = file.count
        file += directory + [0x50, 0x4B, 5, 6] + littleEndian(0, 4)
        file += littleEndian(entries.count, 2) + littleEndian(entries.count, 2)
        return file + littleEndian(directory.count, 4) + littleEndian(start, 4) + littleEndian(0, 2)
    }
}

/// An XLSX file with one sheet per entry, made of the XML given.
func workbook(
    sheets: [(name: String, state: String, xml: String)], strings: String = "", styles: String = "",
    properties: String = ""
) -> ZipMaker {
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var zip = ZipMaker()
    zip.add(
        "_rels/.rels",
        "<Relationships><Relationship Id='r1' Type='\(types)/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    )
    var list = ""
    var parts = "<Relationship Id='s' Type='\(types)/sharedStrings' Target='sharedStrings.xml'/>"
    parts += "<Relationship Id='t' Type='\(types)/styles' Target='/xl/styles.xml'/>"
    for (index, sheet) in sheets.enumerated() {
        list += "<sheet name='\(sheet.name)' sheetId='\(index + 1)' state='\(sheet.state)' r:id='rId\(index)'/>"
        parts += "<Relationship Id='rId\(index)' Type='\(types)/worksheet' Target='./sheets/s\(index).xml'/>"
        zip.add("xl/sheets/s\(index).xml", sheet.xml)
    }
    zip.add("xl/workbook.xml", "<workbook xmlns:r='r'>\(properties)<sheets>\(list)</sheets></workbook>")
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(parts)</Relationships>")
    if !strings.isEmpty { zip.add("xl/sharedStrings.xml", "<sst>\(strings)</sst>") }
    if !styles.isEmpty { zip.add("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>") }
    return zip
}

/// The rows of a one-sheet XLSX file whose sheet data is this XML.
func sheetRows(_ rows: String, strings: String = "", styles: String = "", properties: String = "") throws -> [[String]] {
    let zip = workbook(
        sheets: [(name: "List", state: "visible", xml: "<worksheet><sheetData>\(rows)</sheetData></worksheet>")],
        strings: strings, styles: styles, properties: properties)
    var all: [[String]] = []
    try Table.read(.bytes(zip.bytes, name: "list.xlsx")) { all.append($0.fields) }
    return all
}
