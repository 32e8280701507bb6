internal import Store

/// Values of the facts that loads write by the hundred thousand: without going through `Bindable`, which the compiler cannot
/// see through from another room.
extension Value {
    init(_ text: String?) {
        if let text { self = text.bound } else { self = .null }
    }

    init(_ number: Int?) {
        if let number { self = .int(number) } else { self = .null }
    }
}
