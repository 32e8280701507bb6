internal import Page
internal import Store

/// The folded part of the search form as drawn before: some two hundred authorities and kinds, the same from search to search.
final class DrawnForms: Sendable {
    private static let most = 200
    private let drawn = Locked<[FindForm.Narrowing: HTML]>([:])

    /// Draws it, or takes what was drawn for the same choices. A form with something wrong in it is always drawn.
    func more(_ choices: FindForm.Narrowing, _ errors: FieldErrors, draw: () -> HTML) -> HTML {
        guard errors.isEmpty else { return draw() }
        if let known = drawn.withLock({ $0[choices] }) { return known }
        let fresh = draw()
        drawn.withLock { drawn in
            if drawn.count >= DrawnForms.most { drawn.removeAll() }
            drawn[choices] = fresh
        }
        return fresh
    }
}
