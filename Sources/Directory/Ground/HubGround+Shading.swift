public import Page

extension HubGround {
    /// A ward of the hub.
    public struct Ward: Sendable {
        public let code: String
        public let name: String
    }

    /// Its wards, by name.
    public var wardList: [Ward] { wards.map { Ward(code: $0.code, name: $0.name) } }

    /// How a ward is drawn on a shaded map.
    public struct Shading: Sendable {
        /// 0, the lightest, to 4.
        public let shade: Int
        /// Drawn in the ward; nil for small maps.
        public let label: String?
        /// Read out, and shown where the pointer rests.
        public let title: String

        public init(shade: Int, label: String?, title: String) {
            self.shade = shade
            self.label = label
            self.title = title
        }
    }

    /// Its wards shaded by a figure. A ward without one is plain.
    public func shadedMap(_ title: String, id: String, _ shading: [String: Shading], legend: [String]) -> MapPicture {
        let shapes = wards.map { ward in
            let drawn = shading[ward.code]
            var shape = MapShape(id: ward.code, title: drawn?.title ?? ward.name, rings: ward.rings)
            shape.shade = drawn?.shade
            shape.label = drawn?.label
            return shape
        }
        var picture = MapPicture(title, shapes: shapes)
        picture.id = id
        picture.legend = legend.enumerated().map { .shade($0, $1) }
        return picture
    }
}
