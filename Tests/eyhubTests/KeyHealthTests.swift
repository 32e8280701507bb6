import Foundation
import Identity
import Store
import StoreTestKit
import Testing

/// The installation's key lost, mistaken for another or never brought back: whoever runs the machine is told before anybody stands outside.
@Suite struct KeyHealthTests {
    private static let right = String(repeating: "r", count: 40)
    private static let other = String(repeating: "o", count: 40)

    /// A database with a second step that was sealed with the right key.
    private func fill(_ address: String) async throws {
        let added = try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address)
        #expect(added.code == 0, "\(added.error)")
        let database = try Databases.open(address)
        let sealed = try SecretBox(secret: Self.right).seal([1, 2, 3])
        _ = try await database.write { try $0.run("update person set second_step_secret = \(sealed)") }
        await database.close()
    }

    @Test("The doctor knows the key that a database was sealed with from another", arguments: TestEngine.all)
    func knowsAnother(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            try await fill(address)
            let well = try await Program.run("doctor", "--database", address, more: ["EYHUB_SECRET_KEY": Self.right])
            #expect(well.code == 0 && well.out.contains("ok     secret key: "), "\(well.out)")
            let ill = try await Program.run("doctor", "--database", address, more: ["EYHUB_SECRET_KEY": Self.other])
            #expect(ill.code == 1 && ill.out.contains("wrong  secret key: ") && ill.out.contains("opens none of 1 secret"), "\(ill.out)")
        }
    }

    @Test("Secrets of an earlier key among others are worth a look")
    func mixed() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            try await fill(address)
            let database = try Databases.open(address)
            let sealed = try SecretBox(secret: Self.other).seal([4, 5, 6])
            _ = try await database.write { try $0.run("update person set second_step_waiting = \(sealed)") }
            await database.close()
            let outcome = try await Program.run("doctor", "--database", address, more: ["EYHUB_SECRET_KEY": Self.right])
            #expect(outcome.code == 0 && outcome.out.contains("look   secret key: 1 of 2 secrets"), "\(outcome.out)")
        }
    }

    @Test("A key file that is gone is not made anew over secrets it cannot open; who restores is told to bring it back")
    func gone() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            let key = "\(folder)/hub.sqlite.key"
            try await fill(address)
            let served = try await Program.run("serve", "--port", "0", "--database", address)
            #expect(served.code == 1 && served.error.contains("There is no \(key)"), "\(served.error)")
            #expect(!FileManager.default.fileExists(atPath: key))
            let doctor = try await Program.run("doctor", "--database", address)
            #expect(doctor.code == 1 && doctor.out.contains("wrong  secret key: There is no \(key)"), "\(doctor.out)")

            let file = "\(folder)/hub.backup"
            #expect(try await Program.run("backup", file, "--database", address).code == 0)
            let restored = try await Program.run("restore", file, "--database", "sqlite:\(folder)/new.sqlite")
            #expect(restored.code == 0 && restored.error.contains("There is no \(folder)/new.sqlite.key"), "\(restored.error)")
            let known = try await Program.run(
                "restore", file, "--database", "sqlite:\(folder)/third.sqlite", more: ["EYHUB_SECRET_KEY": Self.right])
            #expect(known.code == 0 && known.error.isEmpty, "\(known.error)")

            // Brought back, all is as it was.
            try Data((Self.right + "\n").utf8).write(to: URL(fileURLWithPath: key))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
            let well = try await Program.run("doctor", "--database", address)
            #expect(well.code == 0 && well.out.contains("ok     secret key: It is in \(key)"), "\(well.out)")
            let server = try Running(["serve", "--port", "0", "--database", address], in: folder)
            #expect(await server.line(beginning: "Listening at http://") != nil)
            server.process.terminate()
            #expect(await server.outcome().code == 0)
        }
    }

    @Test("Where nothing is sealed yet, no key is missing")
    func new() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            let added = try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address)
            #expect(added.code == 0, "\(added.error)")
            let doctor = try await Program.run("doctor", "--database", address)
            #expect(doctor.code == 0 && doctor.out.contains("ok     secret key: There is none yet"), "\(doctor.out)")
        }
    }

    @Test("A key file without a key in it is wrong")
    func empty() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            try await fill(address)
            let key = "\(folder)/hub.sqlite.key"
            #expect(FileManager.default.createFile(atPath: key, contents: nil, attributes: [.posixPermissions: 0o600]))
            let doctor = try await Program.run("doctor", "--database", address)
            #expect(doctor.code == 1 && doctor.out.contains("wrong  secret key: \(key) holds no key"), "\(doctor.out)")
        }
    }
}
