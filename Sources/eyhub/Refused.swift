internal import Directory
internal import Files
internal import House
internal import Mail
internal import Page
internal import Planning
internal import Safekeeping
internal import Server
internal import Store

/// Something the command cannot do, in one plain sentence.
struct Refused: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// One sentence about any error, for standard error.
enum Sentence {
    static func about(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: about(error)
        case let error as FileProblem: error.description
        case let error as HeaderRefusal: error.description
        case let error as LoadRefusal: error.description
        case let error as Refusal: error.message
        case let error as FormProblem: error.publicMessage
        case let error as MailConfigurationProblem: error.message
        case let error as ServeRefusal: error.description
        case let error as AreaProblemError: error.description
        case let error as KeepingRefusal: error.description
        case let error as Refused: error.description
        default: "\(error)"
        }
    }

    /// Whoever runs a command is the technician too, and is told what the database said.
    private static func about(_ error: StoreError) -> String {
        switch error {
        case .badAddress, .unguarded: error.publicMessage
        default: "\(error.publicMessage) (\(error.detail.split(separator: "\n").joined(separator: " ")))"
        }
    }
}
