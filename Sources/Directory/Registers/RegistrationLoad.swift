internal import Civil
internal import House
internal import Store

/// Compares what a file says of settings with what the register said before, and writes the difference.
///
/// Records are taken one after the other and written some thousand at a time, so that memory stays level however long the
/// file is. One load works within one transaction.
final class RegistrationLoad {
    let run: LoadRun
    let register: Register
    /// Whether a record that is missing from the file, within the authorities the file covers, counts as gone.
    let closesMissing: Bool
    /// Is told of each new setting and the record it came from.
    var onNew: ((RegisterFacts, _ settingID: String) throws -> Void)?

    /// False while neither postcodes nor sectors are loaded: there is nothing to look up then.
    let knowsPlaces: Bool
    private var known: [String: Known] = [:]
    private var authorities: [String: Int] = [:]
    private var isCovered: [Bool] = []
    private var newOnes: [RegisterRecord] = []
    private var changedOnes: [RegisterRecord] = []
    private var hasStatistics = false
    private lazy var unkept = UnkeptPlaces(self)
    var listed: ListedOnly
    var session: any Session { run.session }
    var journal: LoadJournal { run.journal }

    /// What is remembered of each record between the start and the end of a load.
    private struct Known {
        var fingerprint: UInt64
        var authority: Int32
        var isSeen: Bool
        var isGone: Bool
    }

    static let batch = 2_000
    /// New records are written in the order of their numbers: the more at once, the more of them lie side by side.
    private static let newBatch = 16_000
    /// Up to so many, any share of them may go from one edition to the next.
    private static let fewRecords = 20

    init(_ run: LoadRun, register: Register, closesMissing: Bool = true) throws {
        self.run = run
        self.register = register
        self.closesMissing = closesMissing
        knowsPlaces = try PlaceFinder.isAnythingKnown(run.session)
        listed = try ListedOnly(register, in: run.session)
        try session.each(
            "select urn, fingerprint, authority_name, gone_day from registration where register = \(register)"
        ) { row in
            let values = row.values
            known[values[0].text ?? ""] = Known(
                fingerprint: UInt64(values[1].text ?? "", radix: 16) ?? 0,
                authority: Int32(place(ofAuthority: values[2].text)),
                isSeen: false, isGone: values[3] != .null)
        }
    }

    private func place(ofAuthority name: String?) -> Int {
        let name = name ?? ""
        if let index = authorities[name] { return index }
        authorities[name] = isCovered.count
        isCovered.append(false)
        return isCovered.count - 1
    }

    /// The file speaks for this authority, whether or not it has a record of it.
    func cover(_ authority: String?) { isCovered[place(ofAuthority: authority)] = true }

    /// Whether this file has a record of that number.
    func isInFile(_ urn: String) -> Bool { known[urn]?.isSeen ?? false }

    /// Takes a record; says why when it cannot be taken.
    func take(_ record: RegisterRecord) throws -> String? {
        let urn = record.urn
        let fingerprint = record.fingerprint
        let authority = place(ofAuthority: record.facts.authorityName)
        guard let before = known[urn] else {
            known[urn] = Known(fingerprint: fingerprint, authority: Int32(authority), isSeen: true, isGone: false)
            isCovered[authority] = true
            newOnes.append(record)
            journal.countNew()
            if newOnes.count >= RegistrationLoad.newBatch { try flushNew() }
            return nil
        }
        if before.isSeen { return "The number \(urn) stands in this file twice; the first row counts." }
        isCovered[authority] = true
        known[urn]?.isSeen = true
        if before.fingerprint == fingerprint && !before.isGone {
            journal.countUnchanged()
            if record.facts.ownPlace != nil { try unkept.take(record) }
            return nil
        }
        changedOnes.append(record)
        journal.countChanged()
        if changedOnes.count >= RegistrationLoad.batch { try flushChanged() }
        return nil
    }

    /// Writes what is waiting, then finds who has gone.
    func finish() throws {
        try flushNew()
        try flushChanged()
        try unkept.write()
        try offerListed()
        guard closesMissing else { return }
        var gone: [String] = []
        var covered = 0
        for (urn, record) in known where isCovered[Int(record.authority)] && !record.isGone {
            covered += 1
            if !record.isSeen { gone.append(urn) }
        }
        if gone.isEmpty { return }
        // No register loses half of itself between two editions: this is a part of one, such as a list of a few.
        if gone.count * 2 > covered && covered > RegistrationLoad.fewRecords {
            return journal.note(
                line: 0,
                """
                \(gone.count) of the \(covered) records of the authorities in this file are missing from it. It looks like part of \
                the register, so none of them is marked as gone.
                """)
        }
        try close(gone.sorted())
    }

    private func flushNew() throws {
        if newOnes.isEmpty { return }
        let batch = newOnes
        newOnes.removeAll(keepingCapacity: true)
        try add(batch)
        try run.say("Comparing", 0.5)
    }

    private func flushChanged() throws {
        if changedOnes.isEmpty { return }
        let batch = changedOnes
        changedOnes.removeAll(keepingCapacity: true)
        if run.keeps && !hasStatistics {
            try LoadStatistics.gather(session)
            hasStatistics = true
        }
        try change(batch)
        try run.say("Comparing", 0.5)
    }
}
