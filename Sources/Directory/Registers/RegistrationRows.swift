internal import Civil
internal import Store

/// Rows of `registration` and `inspection` on their way into the database.
final class RegistrationRows {
    static let columns: [StaticString] =
        ["register", "urn", "setting_id", "first_load", "last_load", "seen_day", "fingerprint"] + RegisterFacts.names

    private let register: Register
    private let load: String
    private let seenDay: String
    private let session: any Session
    private let registrations: BulkRows
    private let inspections: BulkRows

    init(_ run: LoadRun, _ register: Register) {
        self.register = register
        load = run.id
        seenDay = run.edition.iso
        session = run.session
        registrations = BulkRows(for: run.session.engine, columns: RegistrationRows.columns.count)
        inspections = BulkRows(for: run.session.engine, columns: Inspection.columns.count)
    }

    /// `firstLoad` is nil for a record that comes with this load.
    func add(_ facts: RegisterFacts, _ fingerprint: UInt64, settingID: String?, firstLoad: String? = nil) {
        registrations.startRow()
        registrations.add(register.rawValue)
        registrations.add(facts.urn)
        registrations.add(settingID)
        registrations.add(firstLoad ?? load)
        registrations.add(load)
        registrations.add(seenDay)
        registrations.add(FactsHash.text(fingerprint))
        facts.tell(registrations)
    }

    func add(_ inspection: Inspection, of urn: String) { inspection.add(to: inspections, register, urn, load: load) }

    /// Writes the rows; once.
    func write() throws {
        if !registrations.isEmpty { try session.insert(into: "registration", RegistrationRows.columns, registrations) }
        if !inspections.isEmpty { try session.insert(into: "inspection", Inspection.columns, inspections) }
    }
}
