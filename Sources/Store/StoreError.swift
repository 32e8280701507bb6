/// What went wrong in the store, in terms a caller can act on. The detail is for the log of a technician.
public enum StoreError: Error, Sendable, Equatable {
    /// The address after `--database` is not one we can open.
    case badAddress(String)
    /// The database is on another machine, and its address does not say how the line there is guarded: the machine's name.
    case unguarded(String)
    /// The database cannot be reached or opened just now.
    case unavailable(String)
    /// The line to the database broke while a change was being confirmed: it may be kept or not.
    case inDoubt(String)
    /// Another writer held the data for too long.
    case busy(String)
    /// A rule of the schema (unique, not null, check, foreign key) refused the write.
    case refused(String)
    /// The disk is full or cannot be written.
    case full(String)
    /// A migration that has been applied here is not the one this program carries.
    case migrationChanged(String)
    /// The statement itself is wrong: a fault of this program.
    case faulty(String)

    /// One sentence for the person who asked.
    public var publicMessage: String {
        switch self {
        case .badAddress(let text):
            "“\(text)” is not a database address. Write sqlite:FILE or postgres://user@host/name."
        case .unguarded(let host):
            """
            The database is on another machine (\(host)), and its address does not say how the way there is guarded. Write at its end \
            ?sslmode=verify-full&sslrootcert=FILE, where FILE holds the certificate of the authority that vouches for the server (on Debian \
            /etc/ssl/certs/ca-certificates.crt holds the public ones). If the way is guarded by something else, say so: ?sslmode=require or \
            ?sslmode=disable.
            """
        case .unavailable: "The database cannot be reached just now. Nothing was changed. Try again in a minute."
        case .inDoubt:
            "The database went away while this was being saved, so we do not know whether it was. Look whether it is there before you do it again."
        case .busy: "Somebody else is writing just now. Nothing was changed. Try again in a minute."
        case .refused: "The database refused this change because it would break a rule of the data. Nothing was changed."
        case .full: "The disk is full, so nothing could be saved. What was there before is safe. Ask your technician to make room."
        case .migrationChanged(let name):
            "This database was set up by a different version of this program (step \(name) differs). Use the version that made it, or a newer one."
        case .faulty: "Something in this program went wrong. Nothing was changed."
        }
    }

    /// What a technician needs to know; may name tables, never people's data.
    public var detail: String {
        switch self {
        case .badAddress(let text), .unguarded(let text), .unavailable(let text), .inDoubt(let text), .busy(let text), .refused(let text),
            .full(let text),
            .migrationChanged(let text), .faulty(let text):
            text
        }
    }
}
