internal import ArgumentParser
internal import Logging

/// Where the program starts. Exit codes: 0 done, 1 refused or partly rejected (said on standard error), 2 wrong usage.
@main
enum Program {
    static func main() async {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        do {
            var command = try Eyhub.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        let code = Eyhub.exitCode(for: error)
        switch error {
        case _ where code == .success:
            // Help and the version were asked for.
            Output.write(Eyhub.fullMessage(for: error) + "\n")
            Eyhub.exit(withError: ExitCode.success)
        case _ where code == .validationFailure:
            Output.complain(Eyhub.fullMessage(for: error))
            Eyhub.exit(withError: ExitCode(2))
        case let code as ExitCode:
            Eyhub.exit(withError: code)
        default:
            Output.complain(Sentence.about(error))
            Eyhub.exit(withError: ExitCode(1))
        }
    }
}
