/// The words of an invitation with fields in braces, such as `{setting}` (`docs/rules/campaigns.md`). Pure.
struct LetterWords: Sendable, Equatable {
    enum Field: String, Sendable, CaseIterable {
        case setting, contact, hub, area, caller, title, asks, today

        var words: String {
            switch self {
            case .setting: "the setting’s or the partner’s name"
            case .contact: "whom it goes to: its manager, the partner, or “all at” the setting"
            case .hub: "the hub’s name"
            case .area: "the mini-hub, or the ward where there is none"
            case .caller: "who will ring, or “the hub’s team”"
            case .title: "the campaign’s title"
            case .asks: "what is asked for"
            case .today: "the day the letter is made"
            }
        }
    }

    enum Problem: Error, Sendable, Equatable {
        /// There is no field of this name.
        case unknown(String)
        /// A brace that is not closed, with what follows it.
        case open(String)

        var message: String {
            let fields = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
            return switch self {
            case .unknown(let name): "There is no field {\(name)}. The fields are \(fields)."
            case .open(let rest): "The brace before “\(rest)” is not closed. Close it, or take it away."
            }
        }
    }

    private enum Piece: Sendable, Equatable {
        case text(String)
        case field(Field)
    }

    private let pieces: [Piece]

    init(_ text: String) throws(Problem) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            pieces.append(.text(String(rest[..<open])))
            let after = rest[rest.index(after: open)...]
            guard let close = after.firstIndex(of: "}"), after.distance(from: after.startIndex, to: close) <= 60 else {
                throw .open(String(after.prefix(20)))
            }
            let name = String(after[..<close])
            guard let field = Field(rawValue: name.lowercased().filter { $0 != " " }) else { throw .unknown(name) }
            pieces.append(.field(field))
            rest = after[after.index(after: close)...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces
    }

    /// The words with the fields filled in. A value is text and nothing else: braces in it stay as they are.
    func filled(_ values: [Field: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let field): values[field] ?? ""
            }
        }.joined()
    }
}
