internal import House
internal import Page

extension Problem {
    /// The page that says what is wrong. It keeps the way to the rest of the house.
    func page(reference: String?, tools: Tools, audience: Audience, path: String, look: HubLook? = nil) -> Answer {
        var frame = tools.frame(heading, for: audience, at: path)
        if let look { frame.wear(look) }
        frame.title = "\(heading) (\(status))"
        frame.isListed = false
        let number: HTML? = reference.map { "<p>Reference: <strong>\($0)</strong></p>" }
        let start: HTML =
            audience == .staff ? "<a href=\"/start\">Go to where your work begins</a>" : "<a href=\"/\">Go to the first page</a>"
        frame.content = "<p>\(message)</p>\(number)<p>\(start)</p>"
        return Answer.page(frame.html, status: status).with(headers)
    }

    /// The same for a program.
    func json(reference: String?) -> Answer {
        var members: [(String, JSON)] = [("status", .int(status)), ("message", .string(message))]
        if let reference { members.append(("reference", .string(reference))) }
        return Answer.json(JSON.object([("error", .object(members))]).bytes, status: status).with(headers)
    }
}

extension Answer {
    fileprivate func with(_ more: [(name: String, value: String)]) -> Answer {
        var answer = self
        answer.headers += more
        return answer
    }
}
