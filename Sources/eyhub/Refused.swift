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
        // Whoever runs a command is the technician too, and is told what the database said.
        case let error as StoreError: error.forTechnician
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
}
