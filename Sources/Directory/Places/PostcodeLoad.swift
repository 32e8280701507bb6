internal import Files
internal import Store

internal import struct Store.Row

/// Loads postcodes: compares with those known, writes what differs, keeps those that have gone as no longer in use.
final class PostcodeLoad {
    private struct Known {
        var fingerprint: UInt64
        var authority: Int32
        var isLive: Bool
        var isSeen: Bool
    }

    private let run: LoadRun
    private var known: [UInt64: Known] = [:]
    private var authorities: [String: Int32] = [:]
    /// Area letters and authority of what the file holds: only postcodes of these can have gone.
    private var covered: Set<Scope> = []
    private var lastScope: Scope?
    private var newOnes: [PostcodeRecord] = []
    private var changedOnes: [PostcodeRecord] = []
    private var told = 0

    private struct Scope: Hashable {
        let area: String
        let authority: Int32
    }

    private static let batch = 4_000
    /// Differences named one by one; all are counted.
    private static let named = 5_000

    /// False for a file that says nothing of LSOAs: those known stay.
    private let tellsLSOA: Bool

    init(_ run: LoadRun, tellsLSOA: Bool) {
        self.run = run
        self.tellsLSOA = tellsLSOA
    }

    typealias Parse =
        @Sendable (ByteSource, (@Sendable (ReadProgress) throws -> Void)?, (PostcodeItem) throws -> Void) throws -> Void

    func read(_ parse: @escaping Parse) throws {
        try loadKnown()
        let source = run.source
        let reading = run.reading
        try ReadAhead.run({ put in try parse(source, reading, put) }) { (item: PostcodeItem) in
            switch item {
            case .header(let names): run.journal.headerIs(names)
            case .rejected(let line, let reason, let fields):
                run.journal.countRead()
                run.journal.reject(line: line, reason, fields)
            case .record(let record):
                run.journal.countRead()
                try take(record)
            }
        }
        try flushNew()
        try flushChanged()
        try endUse()
        let report = run.journal.report
        if run.keeps && report.new + report.changed + report.gone > 0 {
            try run.say("Putting settings in their places", 0.96)
            try Placing.refresh(run)
            try DeprivationLoad.fillWards(run)
        }
    }

    private func loadKnown() throws {
        let count = try run.session.count("select count(*) from postcode")
        if count == 0 { return }
        known.reserveCapacity(count + count / 8)
        try run.session.each(
            "select postcode, latitude, longitude, authority_code, ward_code, lsoa_code, status from postcode"
        ) { row in
            let values = row.values
            var record = PostcodeRecord()
            record.postcode = values[0].text ?? ""
            record.latitude = values[1].real
            record.longitude = values[2].real
            record.authority = values[3].text
            record.ward = values[4].text
            if tellsLSOA { record.lsoa = values[5].text }
            known[record.key] = Known(
                fingerprint: record.fingerprint, authority: place(of: record.authority),
                isLive: values[6] == .text("live"),
                isSeen: false)
        }
    }

    private func place(of authority: String?) -> Int32 {
        let authority = authority ?? ""
        if let index = authorities[authority] { return index }
        let index = Int32(authorities.count)
        authorities[authority] = index
        return index
    }

    private func take(_ record: PostcodeRecord) throws {
        let key = record.key
        let authority = place(of: record.authority)
        if lastScope?.authority != authority || !record.postcode.hasPrefix(lastScope?.area ?? "") {
            let scope = Scope(area: PostcodeRecord.area(record.postcode), authority: authority)
            covered.insert(scope)
            lastScope = scope
        }
        let held = known[key]
        if let held, held.isSeen {
            return run.journal.reject(
                line: record.line, "\(record.postcode) stands in this file twice; the first row counts.",
                [record.postcode])
        }
        let fingerprint = record.fingerprint
        known[key] = Known(fingerprint: fingerprint, authority: authority, isLive: !record.isTerminated, isSeen: true)
        guard let held else {
            run.journal.countNew()
            newOnes.append(record)
            if newOnes.count >= PostcodeLoad.batch { try flushNew() }
            return
        }
        if held.fingerprint == fingerprint && held.isLive != record.isTerminated { return run.journal.countUnchanged() }
        run.journal.countChanged()
        changedOnes.append(record)
        if changedOnes.count >= PostcodeLoad.batch { try flushChanged() }
    }

    private func flushNew() throws {
        defer { newOnes.removeAll(keepingCapacity: true) }
        if run.keeps { try write(newOnes) }
    }

    private func flushChanged() throws {
        if changedOnes.isEmpty { return }
        defer { changedOnes.removeAll(keepingCapacity: true) }
        var before: [String: Row] = [:]
        try Batch.each(changedOnes.map(\.postcode)) { batch in
            for row in try run.session.all("select * from postcode where postcode in \(keys: batch)") {
                before[row.text("postcode")] = row
            }
            if run.keeps { try run.session.run("delete from postcode where postcode in \(keys: batch)") }
        }
        for (place, record) in changedOnes.enumerated() {
            guard let row = before[record.postcode] else { continue }
            if !tellsLSOA { changedOnes[place].lsoa = row.textOrNil("lsoa_code") }
            if told < PostcodeLoad.named { say(changedOnes[place], row) }
        }
        if run.keeps { try write(changedOnes) }
    }

    private func say(_ record: PostcodeRecord, _ row: Row) {
        func say(_ field: String, _ before: String?, _ after: String?) {
            if before == after { return }
            told += 1
            run.journal.add(
                LoadChange(
                    what: .changed, register: "postcodes", urn: record.postcode, settingID: nil, name: nil,
                    field: field,
                    before: before, after: after))
        }
        say("latitude", row.textOrNil("latitude"), record.latitude.map { "\($0)" })
        say("longitude", row.textOrNil("longitude"), record.longitude.map { "\($0)" })
        say("authority", row.textOrNil("authority_code"), record.authority)
        say("ward", row.textOrNil("ward_code"), record.ward)
        say("lsoa", row.textOrNil("lsoa_code"), record.lsoa)
        say("status", row.textOrNil("status"), record.isTerminated ? "terminated" : "live")
    }

    private func write(_ records: [PostcodeRecord]) throws {
        if records.isEmpty { return }
        let columns: [StaticString] = [
            "postcode", "latitude", "longitude", "authority_code", "ward_code", "lsoa_code", "status",
        ]
        let rows = BulkRows(for: run.session.engine, columns: columns.count)
        for record in records {
            rows.startRow()
            rows.add(record.postcode)
            rows.add(record.latitude)
            rows.add(record.longitude)
            rows.add(record.authority)
            rows.add(record.ward)
            rows.add(record.lsoa)
            rows.add(record.isTerminated ? "terminated" : "live")
        }
        try run.session.insert(into: "postcode", columns, rows)
    }

    /// Live postcodes of the areas and authorities in the file that are not in it: no longer in use, and kept.
    private func endUse() throws {
        var gone: [String] = []
        for (key, held) in known where held.isLive && !held.isSeen {
            let postcode = PostcodeRecord.postcode(ofKey: key)
            if covered.contains(Scope(area: PostcodeRecord.area(postcode), authority: held.authority)) {
                gone.append(postcode)
            }
        }
        gone.sort()
        try Batch.each(gone) { batch in
            if run.keeps {
                try run.session.run("update postcode set status = 'terminated' where postcode in \(keys: batch)")
            }
        }
        for postcode in gone {
            run.journal.countGone()
            guard told < PostcodeLoad.named else { continue }
            told += 1
            run.journal.add(
                LoadChange(
                    what: .gone, register: "postcodes", urn: postcode, settingID: nil, name: nil, field: nil,
                    before: nil,
                    after: nil))
        }
    }
}
