internal import Civil
internal import Files

internal import struct Files.Row

/// Tells the forms postcodes come in: with a header (ours, ONS), Code-Point Open without one, sector centroids.
enum PostcodeFile {
    static func read(_ run: LoadRun) throws {
        let first = try Table.peek(run.source, rows: 1).first ?? []
        if isCodePoint(first) { return try PostcodeLoad(run, tellsLSOA: false).read { try codePoint($0, $1, $2) } }
        let folded = first.map { HeaderSpec.fold($0) }
        if folded.contains("sector") { return try SectorLoad(run).read() }
        let tellsLSOA = folded.contains { $0.hasPrefix("lsoa") }
        try PostcodeLoad(run, tellsLSOA: tellsLSOA).read { try withHeader($0, $1, $2) }
    }

    /// Code-Point Open has no header: its first field is a postcode, the third and fourth are metres.
    private static func isCodePoint(_ fields: [String]) -> Bool {
        guard fields.count >= 10, Postcode(fields[0]) != nil else { return false }
        return Int(fields[2]) != nil && Int(fields[3]) != nil
    }

    private static let spec = HeaderSpec([
        .init("postcode", aliases: ["pcds", "pcd8", "pcd7", "pcd", "PC", "post code"], required: true),
        .init("lat", aliases: ["latitude"]),
        .init("lon", aliases: ["long", "lng", "longitude"]),
        .init("easting", aliases: ["eastings", "oseast1m", "EA", "x"]),
        .init("northing", aliases: ["northings", "osnrth1m", "NO", "y"]),
        .init(
            "lad_code",
            aliases: [
                "oslaua", "laua", "lad25cd", "lad24cd", "lad23cd", "admin_district_code", "DC", "authority_code",
            ],
            required: true),
        .init("ward_code", aliases: ["osward", "wd25cd", "wd24cd", "wd23cd", "admin_ward_code", "WC"], required: true),
        .init("lsoa21_code", aliases: ["lsoa21", "lsoa21cd", "lsoa11", "lsoa_code", "lsoa"]),
        .init("doterm", aliases: ["terminated", "date of termination"]),
        .init("quality", aliases: ["pqi", "positional_quality_indicator", "PQ", "osgrdind"]),
    ])

    private static func withHeader(
        _ source: ByteSource, _ reading: (@Sendable (ReadProgress) throws -> Void)?,
        _ put: (PostcodeItem) throws -> Void
    ) throws {
        var columns: PostcodeColumns?
        var width = 0
        try Table.read(
            source, header: spec, progress: reading,
            start: { header in
                guard let made = PostcodeColumns(header) else {
                    throw HeaderRefusal(
                        file: source.name, missing: ["lat", "lon"], unknown: header.unknown, line: header.line)
                }
                columns = made
                width = header.names.count
                try put(.header(header.names))
            },
            { row, _ in
                guard let columns else { return }
                try take(row, columns, width: width, put)
            })
    }

    private static func codePoint(
        _ source: ByteSource, _ reading: (@Sendable (ReadProgress) throws -> Void)?,
        _ put: (PostcodeItem) throws -> Void
    ) throws {
        let names = [
            "Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code", "NHS_regional_HA_code",
            "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code",
        ]
        try put(.header(names))
        try Table.read(source, progress: reading) { row in
            if row.isBlank { return }
            try take(row, .codePoint, width: names.count, put)
        }
    }

    private static func take(
        _ row: borrowing Row, _ columns: PostcodeColumns, width: Int, _ put: (PostcodeItem) throws -> Void
    ) throws {
        do {
            if row.count < width - 1 {
                throw RowProblem("The row has \(row.count) fields where \(width) were expected.")
            }
            try put(.record(try columns.record(row)))
        } catch let problem as RowProblem {
            try put(.rejected(row.line, problem.reason, row.fields))
        }
    }
}

/// What the reading of postcodes hands on.
enum PostcodeItem: Sendable {
    case header([String])
    case record(PostcodeRecord)
    case rejected(Int, String, [String])
}

/// Where the columns are.
struct PostcodeColumns {
    private let postcode: Int
    private let lat, lon, easting, northing, authority, ward, lsoa, terminated, quality: Int?

    /// Nil when the file says nothing of where postcodes lie.
    init?(_ header: HeaderMatch) {
        guard let postcode = header["postcode"] else { return nil }
        self.postcode = postcode
        lat = header["lat"]
        lon = header["lon"]
        easting = header["easting"]
        northing = header["northing"]
        authority = header["lad_code"]
        ward = header["ward_code"]
        lsoa = header["lsoa21_code"]
        terminated = header["doterm"]
        quality = header["quality"]
        if (lat == nil || lon == nil) && (easting == nil || northing == nil) { return nil }
    }

    private init(codePoint: Void) {
        postcode = 0
        quality = 1
        easting = 2
        northing = 3
        authority = 8
        ward = 9
        lat = nil
        lon = nil
        lsoa = nil
        terminated = nil
    }

    static let codePoint = PostcodeColumns(codePoint: ())

    func record(_ row: borrowing Row) throws(RowProblem) -> PostcodeRecord {
        var record = PostcodeRecord()
        record.line = row.line
        record.postcode = try text(row)
        if lat != nil { try readDegrees(row, &record) } else { try readMetres(row, &record) }
        if let code = known(row, authority) { record.authority = CodeChange.kept(code) }
        record.ward = known(row, ward)
        record.lsoa = known(row, lsoa)
        record.isTerminated = terminated != nil && !row.isEmpty(terminated)
        return record
    }

    /// The postcode with one space. Most files write it so already, which is checked without making anything new.
    private func text(_ row: borrowing Row) throws(RowProblem) -> String {
        let quick: String? = row.withBytes(postcode) { bytes in
            let count = bytes.count
            guard count >= 6, count <= 8, bytes[count - 4] == 32, bytes[0] >= 65, bytes[0] <= 90,
                figure(bytes[count - 3]),
                letter(bytes[count - 2]), letter(bytes[count - 1])
            else { return nil }
            var figures = 0
            for index in 0..<(count - 4) {
                if figure(bytes[index]) { figures += 1 } else if !letter(bytes[index]) { return nil }
            }
            return figures == 0 || figures > 2 ? nil : String(decoding: bytes, as: UTF8.self)
        }
        if let quick { return quick }
        let written = row.text(postcode)
        guard let read = Postcode(written) else { throw RowProblem("“\(written)” is not a postcode.") }
        return read.text
    }

    private func figure(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    private func letter(_ byte: UInt8) -> Bool { byte >= 65 && byte <= 90 }

    private func known(_ row: borrowing Row, _ index: Int?) -> String? {
        guard index != nil, !row.isEmpty(index) else { return nil }
        return row.text(index)
    }

    private func readDegrees(_ row: borrowing Row, _ record: inout PostcodeRecord) throws(RowProblem) {
        if row.isEmpty(lat) && row.isEmpty(lon) { return }
        guard let latitude = row.double(lat), let longitude = row.double(lon) else {
            throw RowProblem("“\(row.text(lat)), \(row.text(lon))” are not degrees.")
        }
        // ONS writes 99.999999 for "no location". Great Britain lies between 49 and 61 degrees north.
        if latitude > 99 { return }
        guard (49...61.5).contains(latitude), (-9...2.5).contains(longitude) else {
            throw RowProblem("\(row.text(lat)), \(row.text(lon)) does not lie in Great Britain.")
        }
        record.latitude = latitude
        // No negative nought: it would come back from a database as another number.
        record.longitude = longitude == 0 ? 0 : longitude
    }

    private func readMetres(_ row: borrowing Row, _ record: inout PostcodeRecord) throws(RowProblem) {
        // Quality 90 means that no location is known; the metres are 0 then.
        if row.equals(quality, "90") || (row.isEmpty(easting) && row.isEmpty(northing)) { return }
        guard let east = row.double(easting), let north = row.double(northing) else {
            throw RowProblem("“\(row.text(easting)), \(row.text(northing))” are not metres of the National Grid.")
        }
        if east == 0 && north == 0 { return }
        guard let place = OSGrid.toWGS84(easting: east, northing: north) else {
            throw RowProblem("\(row.text(easting)), \(row.text(northing)) does not lie on the National Grid.")
        }
        // Six decimals are a tenth of a metre: more than the grid conversion can promise.
        record.latitude = (place.lat * 1e6).rounded() / 1e6
        record.longitude = (place.lon * 1e6).rounded() / 1e6
    }
}
