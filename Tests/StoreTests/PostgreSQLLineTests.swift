import Store
import Testing

/// A database on another machine is reached only in a way somebody wrote down.
@Suite struct PostgreSQLLineTests {
    @Test(arguments: [
        "postgres:///hub", "postgres://hub@localhost/hub", "postgres://hub:secret@127.0.0.1:5432/hub", "postgresql://[::1]/hub",
        "postgres:///hub?host=/var/run/postgresql", "postgres://%2Fvar%2Frun%2Fpostgresql/hub",
        "postgres://db.example.org/hub?hostaddr=127.0.0.1",
    ])
    func thisMachineNeedsNoWord(address: String) throws {
        #expect(Databases.line(of: address) == .local)
        _ = try Databases.open(address)
    }

    @Test(arguments: [
        "postgres://hub:secret@db.example.org/hub", "postgres://10.1.2.3:5432/hub", "postgresql://localhost,db.example.org/hub",
        "postgres:///hub?host=db.example.org", "postgres://localhost/hub?hostaddr=10.1.2.3", "postgres://127.0.0.1.example.org/hub",
        "postgres://db/hub?sslrootcert=root.crt", "postgres:///hub?service=hub", "postgres://db/hub?sslmode=",
    ])
    func anotherMachineWithoutAWordIsRefused(address: String) {
        do throws(StoreError) {
            _ = try Databases.open(address)
            Issue.record("\(address) was taken")
        } catch {
            guard case .unguarded = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.publicMessage.contains("sslmode=verify-full") && !error.publicMessage.contains("secret"))
        }
    }

    @Test func whatWasWrittenDownIsTaken() throws {
        let checked = "postgres://hub@db.example.org/hub?sslmode=verify-full&sslrootcert=root.crt"
        #expect(Databases.line(of: checked) == .checked(host: "db.example.org"))
        _ = try Databases.open(checked)
        for mode in ["disable", "prefer", "require", "verify-ca"] {
            let address = "postgres://hub@db.example.org/hub?sslmode=\(mode)"
            #expect(Databases.line(of: address) == .said(host: "db.example.org", mode: mode))
            _ = try Databases.open(address)
        }
        #expect(Databases.line(of: "sqlite:hub.sqlite") == nil)
    }
}
