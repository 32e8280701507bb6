internal import Files
internal import Store

internal import struct Files.Row

/// Loads the middles of postcode sectors (`E15 4`), used where a postcode is not known.
struct SectorLoad {
    private let run: LoadRun

    init(_ run: LoadRun) { self.run = run }

    private static let spec = HeaderSpec([
        .init("sector", required: true), .init("lat", aliases: ["latitude"], required: true),
        .init("lon", aliases: ["long", "longitude"], required: true), .init("n"),
        .init("lad_code", aliases: ["main_lad", "authority_code"]),
    ])

    func read() throws {
        var known: [String: [Value]] = [:]
        try run.session.each("select sector, latitude, longitude, authority_code from postcode_sector") { row in
            known[row.text("sector")] = Array(row.values.dropFirst())
        }
        var seen: Set<String> = []
        var write: [[Value]] = []
        var replaced: [String] = []
        try Table.read(
            run.source, header: SectorLoad.spec, progress: run.reading, start: { run.journal.headerIs($0.names) }
        ) {
            row, header in
            run.journal.countRead()
            let sector = row.text(header["sector"], folding: true).uppercased()
            guard let lat = row.double(header["lat"]), let lon = row.double(header["lon"]),
                Postcode("\(sector)AA") != nil
            else {
                return run.journal.reject(line: row.line, "“\(sector)” has no place, or is not a sector.", row.fields)
            }
            guard seen.insert(sector).inserted else {
                return run.journal.reject(line: row.line, "The sector \(sector) stands in this file twice.", row.fields)
            }
            let code = row.text(header["lad_code"])
            let values: [Value] = [.real(lat), .real(lon), code.isEmpty ? .null : .text(CodeChange.kept(code))]
            guard let before = known[sector] else {
                run.journal.countNew()
                return write.append([.text(sector)] + values)
            }
            if before == values { return run.journal.countUnchanged() }
            run.journal.countChanged()
            replaced.append(sector)
            write.append([.text(sector)] + values)
        }
        guard run.keeps, !write.isEmpty else { return }
        try Batch.each(replaced) { try run.session.run("delete from postcode_sector where sector in \(keys: $0)") }
        let columns: [StaticString] = ["sector", "latitude", "longitude", "authority_code"]
        try run.session.insert(into: "postcode_sector", columns) { writer in
            for values in write { try writer.add(values) }
        }
        try Placing.refreshSectors(run)
    }
}
