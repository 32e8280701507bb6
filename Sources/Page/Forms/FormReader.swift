/// Reads a form field by field and collects what is wrong, so a person sees everything at once and loses nothing.
///
///     var read = FormReader(form)
///     let name = read.text("name", missing: "Enter the setting's name")
///     let count = read.int("count", in: 3...8, missing: "Say how many areas you want")
///     guard let name, let count, read.errors.isEmpty else { return page(form, read.errors) }
public struct FormReader: Sendable {
    public let form: FormData
    public var errors = FieldErrors()

    public init(_ form: FormData) { self.form = form }

    /// Adds a message for a rule of the page's own.
    public mutating func fail(_ name: String, _ message: String) { errors.add(name, message) }

    /// Whether a single tick box was ticked.
    public func flag(_ name: String) -> Bool {
        guard let value = form[name] else { return false }
        return !["", "no", "false", "0", "off"].contains(value.lowercased())
    }

    /// The first value, trimmed; empty counts as not given. Line ends come as LF whatever the browser sent.
    func given(_ name: String) -> String? {
        guard let raw = form[name] else { return nil }
        let text = trimmed(raw.utf8.contains(UInt8(ascii: "\r")) ? unixLines(raw) : raw)
        return text.isEmpty ? nil : text
    }

    private func unixLines(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n", wasReturn {
                wasReturn = false
                continue
            }
            wasReturn = scalar == "\r"
            scalars.append(wasReturn ? "\n" : scalar)
        }
        return String(scalars)
    }

    // MARK: Text

    /// Text that must be there. `nil` only when an error was added. `max` counts characters as a person does.
    public mutating func text(_ name: String, missing: String, max: Int = 200) -> String? {
        guard let text = given(name) else {
            fail(name, missing)
            return nil
        }
        return fitting(name, text, max: max)
    }

    /// Text that may be left out; `nil` when it was, or when it is too long.
    public mutating func optionalText(_ name: String, max: Int = 200) -> String? {
        given(name).flatMap { fitting(name, $0, max: max) }
    }

    private mutating func fitting(_ name: String, _ text: String, max: Int) -> String? {
        let length = text.count
        guard length <= max else {
            fail(name, "Use \(grouped(max)) characters or fewer. This has \(grouped(length)).")
            return nil
        }
        return text
    }

    // MARK: Choices

    /// One of the cases of an enumeration that must be chosen.
    public mutating func choice<C: RawRepresentable & CaseIterable>(
        _ name: String, of type: C.Type, missing: String
    ) -> C? where C.RawValue == String {
        guard let value = given(name), let choice = C(rawValue: value) else {
            fail(name, missing)
            return nil
        }
        return choice
    }

    /// One of these, which must be chosen.
    public mutating func choice(_ name: String, from values: [String], missing: String) -> String? {
        guard let value = given(name), values.contains(value) else {
            fail(name, missing)
            return nil
        }
        return value
    }

    /// One of these, or none. A value that is not in the list counts as an error, for it can only be a stale page.
    public mutating func optionalChoice(_ name: String, from values: [String]) -> String? {
        guard let value = given(name) else { return nil }
        guard values.contains(value) else {
            fail(name, "Choose one from the list.")
            return nil
        }
        return value
    }

    /// Any number of these, each once, in the order of `values`.
    public mutating func many(
        _ name: String, from values: [String], atLeast least: Int = 0, missing: String = ""
    ) -> [String] {
        let sent = Set(form.all(name).map { trimmed($0) })
        let chosen = values.filter { sent.contains($0) }
        if chosen.count < least { fail(name, missing) }
        return chosen
    }
}
