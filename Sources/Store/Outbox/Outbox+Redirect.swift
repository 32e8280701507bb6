extension Outbox {
    /// A person's address or name was corrected: letters to them that have not left go to the new address, under the new name. A letter
    /// whose link opens a door for the old address is not sent any more. Letters of the kinds that are spared stay as they are: they are
    /// for whoever reads the old address.
    public static func redirect(
        _ personID: String, from old: String, to address: String, name: String, sparing spared: [LetterKind], in session: any Session
    ) throws {
        let theirs: SQL = """
            person_id = \(personID) and lower(to_address) = \(old.lowercased()) and state in ('queued', 'kept')
            and kind not in \(list: spared.map(\.code))
            """
        if old.lowercased() != address.lowercased() {
            try session.run(
                """
                update outbox set state = 'failed', last_error = 'The link in it ended when the address changed.', \(wipingSecrets)
                where \(theirs) and secret_until is not null
                """)
        }
        try session.run("update outbox set to_address = \(address), to_name = \(HeaderLine.tidy(name)) where \(theirs)")
    }
}
