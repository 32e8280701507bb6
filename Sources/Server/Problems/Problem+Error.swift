internal import House
internal import Hummingbird
internal import Page
internal import Store

extension Problem {
    /// What to say of any error. Nothing of its inside is shown; the detail goes to the log.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self = Problem.of(refusal)
        case let problem as FormProblem: self = Problem.of(problem)
        case let error as StoreError: self = Problem.of(error)
        case let error as HTTPError where error.status == .notFound: self = .notFound()
        case let error as HTTPError where error.status.code < 500:
            self = .badRequest("The request is not one we can read. Go back and try again.")
            status = error.status.code
        default: self = .failed(detail: Problem.name(of: error))
        }
    }

    private static func of(_ refusal: Refusal) -> Problem {
        switch refusal {
        case .notFound(let message): .notFound(message)
        case .badRequest(let message): .badRequest(message)
        case .signIn:
            Problem(
                status: 401, heading: "Sign in first", message: refusal.message, headers: [("WWW-Authenticate", "Bearer realm=\"eyhub\"")])
        case .secondStep: Problem(status: 403, heading: "One more step", message: refusal.message)
        case .forbidden: Problem(status: 403, heading: "This is not yours to do", message: refusal.message)
        case .tooMany(let seconds):
            Problem(
                status: 429, heading: "Too many tries", message: refusal.message, headers: [("Retry-After", String(seconds))])
        case .unavailable(let message):
            Problem(status: 503, heading: "Not available just now", message: message, headers: [("Retry-After", "60")])
        }
    }

    private static func of(_ problem: FormProblem) -> Problem {
        Problem(
            status: problem.status,
            heading: problem.status == 413 ? "This is too large" : "We could not read this request",
            message: problem.publicMessage)
    }

    private static func of(_ error: StoreError) -> Problem {
        let status =
            switch error {
            case .unavailable, .inDoubt, .busy: 503
            case .full: 507
            case .badAddress, .unguarded, .refused, .migrationChanged, .faulty: 500
            }
        return Problem(
            status: status, heading: status == 500 ? "Something went wrong here" : "Not available just now",
            message: error.publicMessage, headers: status == 503 ? [("Retry-After", "10")] : [],
            detail: "\(name(of: error)): \(error.detail)")
    }

    /// The type of an error and, for an enumeration, its case: what tells a technician where to look. What the error carries
    /// may be somebody's data and stays out of the log.
    static func name(of error: any Error) -> String {
        let mirror = Mirror(reflecting: error)
        let type = String(reflecting: Swift.type(of: error))
        guard mirror.displayStyle == .enum else { return type }
        return "\(type).\(mirror.children.first?.label ?? "\(error)")"
    }
}
