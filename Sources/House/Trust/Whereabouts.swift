/// Where a deed is done: what decides whether a role reaches there.
public struct Whereabouts: Sendable, Equatable {
    /// The hubs the thing belongs to. Empty for what belongs to the installation, such as the official registers.
    public var hubs: Set<String>
    /// The published areas it lies in.
    public var areas: Set<String>
    public var settingID: String?
    /// Only those of its hubs may know that it exists.
    public var isPrivate: Bool

    public init(hubs: Set<String> = [], areas: Set<String> = [], settingID: String? = nil, isPrivate: Bool = true) {
        self.hubs = hubs
        self.areas = areas
        self.settingID = settingID
        self.isPrivate = isPrivate
    }

    /// A list or a form that is of no one hub: whoever may do the deed anywhere may open it, and sees there what they reach.
    public static let several = Whereabouts(isPrivate: false)
}
