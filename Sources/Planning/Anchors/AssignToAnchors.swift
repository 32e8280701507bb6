/// Gives each setting to its nearest anchor; where anchors are full, so that the total distance is the least possible.
///
/// Without limits this is the nearest anchor by great circle, the lower id where two are equally near. With limits the
/// total of all metres is proven minimal. The order of the input does not matter.
///
/// - Throws: an `AnchorError` where the question cannot be answered.
public func assignToAnchors(
    settings: [AnchoredSetting], anchors: [Anchor]
) throws(AnchorError) -> AnchorPlan {
    let settings = settings.sorted { $0.id < $1.id }
    let anchors = anchors.sorted { $0.id < $1.id }
    guard !anchors.isEmpty else { throw .noAnchors }
    for (one, next) in zip(anchors, anchors.dropFirst()) where one.id == next.id { throw .duplicateAnchor(one.id) }
    for (one, next) in zip(settings, settings.dropFirst()) where one.id == next.id { throw .duplicateSetting(one.id) }
    for anchor in anchors {
        guard anchor.point.isOnEarth else { throw .badPosition(anchor.id) }
        guard anchor.capacity ?? 0 >= 0 else { throw .badCapacity(anchor: anchor.id) }
    }
    for setting in settings where !setting.point.isOnEarth { throw .badPosition(setting.id) }
    // Places beyond the number of settings change nothing and could overflow the sum.
    let places = anchors.map { min($0.capacity ?? settings.count, settings.count) }
    let sum = places.reduce(0, +)
    guard sum >= settings.count else { throw .tooLittleCapacity(settings: settings.count, places: sum) }

    var flow = AnchorFlow(settings: settings, anchors: anchors, places: places)
    let nearest = flow.anchorOf
    flow.relieve()
    let pairs = zip(settings, flow.anchorOf)
    return AnchorPlan(
        anchorOfSetting: Dictionary(uniqueKeysWithValues: pairs.map { ($0.id, anchors[$1].id) }),
        totalMetres: settings.indices.reduce(0) { $0 + flow.metres($1, flow.anchorOf[$1]) },
        displaced: settings.indices.filter { flow.anchorOf[$0] != nearest[$0] }.map { settings[$0].id })
}

extension AnchorError: CustomStringConvertible {
    /// What is wrong and how to mend it.
    public var description: String {
        switch self {
        case .noAnchors: "There is no anchor to gather around. Choose at least one."
        case .duplicateAnchor(let id): "Anchor \(id) appears twice. Keep one of them."
        case .duplicateSetting(let id): "Setting \(id) appears twice. Keep one of them."
        case .badPosition(let id): "\(id) has no usable latitude and longitude. Correct or leave it out."
        case .badCapacity(let anchor): "The number of places at anchor \(anchor) must be zero or more."
        case .tooLittleCapacity(let settings, let places):
            """
            The anchors have \(places) places for \(settings) settings. Raise the number of places by \
            \(settings - places) or add an anchor.
            """
        }
    }
}
