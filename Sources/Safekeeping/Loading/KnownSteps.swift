internal import Store

/// Which of the program's steps a picture had taken, and which came later.
struct KnownSteps {
    let taken: [Migration]
    let later: [Migration]

    /// Throws ``KeepingRefusal`` when the picture has taken a step this program does not know or knows otherwise.
    init(_ manifest: Manifest, among migrations: [Migration], source: String) throws {
        var wanted: [String: Manifest.Step] = [:]
        for step in manifest.migrations { wanted["\(step.room) \(step.number)"] = step }
        var taken: [Migration] = []
        var later: [Migration] = []
        for migration in migrations {
            guard let step = wanted.removeValue(forKey: "\(migration.room) \(migration.number)") else {
                later.append(migration)
                continue
            }
            guard step.checksum == migration.checksum else {
                throw KeepingRefusal(
                    """
                    \(source) was made by another edition of eyhub (\(manifest.program)): the step \(step.room) \(step.number) differs. \
                    Use the edition that made it.
                    """)
            }
            taken.append(migration)
        }
        if let unknown = wanted.values.min(by: { ($0.room, $0.number) < ($1.room, $1.number) }) {
            throw KeepingRefusal(
                """
                \(source) was made by a newer version of eyhub (\(manifest.program)): this one does not know the step \
                \(unknown.room) \(unknown.number), \(unknown.name). Use that version or a newer one.
                """)
        }
        self.taken = taken
        self.later = later
    }
}
