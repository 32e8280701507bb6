internal import ArgumentParser
internal import Civil
internal import Foundation
internal import House
internal import Mail
internal import Safekeeping
internal import Server
internal import Store

/// `eyhub doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks at all the program stands on, and says what is wrong and how to mend it.",
        discussion: """
            A line for each thing: “ok”, “look” (works, and somebody should look at it) or “wrong”. Changes nothing. Exit code 1 \
            when something is wrong.
            """)

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("The folder with the fonts of the headings, as given to serve.", valueName: "folder"))
    var assets: String?

    @OptionGroup var tls: TLSOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let doctor = Doctor(
            program: Eyhub.version, address: database.address, migrations: Rooms.migrations, clock: .system,
            surroundings: [pdf, fonts, await mail(), await KeyHealth(address: database.address).finding(), certificate])
        let findings = await doctor.look()
        let wrong = findings.filter { $0.mark == .wrong }.count
        Output.say(json ? object(findings).text : findings.map(line).joined(separator: "\n"))
        if wrong > 0 { throw Refused("\(wrong) \(wrong == 1 ? "thing is" : "things are") wrong.") }
    }

    private func line(_ finding: Finding) -> String {
        let mark = finding.mark.rawValue
        return "\(mark)\(String(repeating: " ", count: 7 - mark.count))\(finding.what): \(finding.sentence)"
    }

    private func object(_ findings: [Finding]) -> JSON {
        .object([
            ("wrong", .int(findings.filter { $0.mark == .wrong }.count)),
            (
                "findings",
                .array(
                    findings.map {
                        .object([
                            ("mark", .string($0.mark.rawValue)), ("what", .string($0.what)), ("sentence", .string($0.sentence)),
                        ])
                    })
            ),
        ])
    }

    private var pdf: Finding {
        PDFMaker.weasyPrint(searching: Surroundings.path) == nil
            ? Finding(.look, "PDF", "WeasyPrint was not found, so nothing can be had as PDF. Install the package weasyprint.")
            : Finding(.ok, "PDF", "WeasyPrint is there.")
    }

    private var fonts: Finding {
        guard let assets else {
            return Finding(.ok, "fonts", "No folder of fonts is given: headings are in the system’s own font.")
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: assets)) ?? []
        let count = files.filter { $0.hasSuffix(".woff2") }.count
        return count > 0
            ? Finding(.ok, "fonts", "\(count) fonts are in \(assets).")
            : Finding(.look, "fonts", "There are no fonts (WOFF2) in \(assets). Headings will be in the system’s own font.")
    }

    private var certificate: Finding {
        let now = Clock.system.now
        do {
            guard let files = try tls.files() else {
                return Finding(.ok, "certificate", "None is given: the server speaks no TLS itself.")
            }
            let end = try ServingCertificate(files, now: now).end
            let days = end.dayInLondon.daysSince1970 - now.dayInLondon.daysSince1970
            let words = "The certificate ends on \(end.shown), in \(days) \(days == 1 ? "day" : "days")"
            return days < 14
                ? Finding(.look, "certificate", "\(words). Is whatever renews it at work?") : Finding(.ok, "certificate", "\(words).")
        } catch {
            return Finding(.wrong, "certificate", Sentence.about(error))
        }
    }

    /// Signs in at the mail server as a letter would, and sends nothing.
    private func mail() async -> Finding {
        do {
            guard let configuration = try Surroundings.mail() else {
                return Finding(
                    .ok, "mail",
                    "No mail server is set (EYHUB_SMTP): no mail leaves this machine. Letters are kept, to be read on the page “Mail”.")
            }
            let place = "\(configuration.host):\(configuration.port)"
            let patience = SMTPSender.Patience(connecting: 10, answer: 10, whole: 20)
            if let trouble = await SMTPSender(configuration, patience: patience).check() {
                return Finding(
                    .wrong, "mail",
                    "\(place): \(trouble)\(trouble.last?.isPunctuation == true ? "" : ".") Letters wait until it can be used. Check EYHUB_SMTP."
                )
            }
            return Finding(.ok, "mail", "\(place) answers and lets us in. Letters are from \(configuration.from.address).")
        } catch {
            return Finding(.wrong, "mail", Sentence.about(error))
        }
    }
}
