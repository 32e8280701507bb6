/// Colours and patterns of maps, in their light form; the stylesheet has both forms under the same names.
enum MapPaint {
    /// The ground colour of each tint.
    static let tints: [StaticString] = [
        "#EBDDF1", "#DCEBE8", "#E4E9D2", "#FBE3D6", "#D9E4F7", "#F7E7B8", "#F6D9DF", "#E3DED6",
    ]

    /// The pattern drawn over each tint, so that areas differ without colour: a path or nothing on a 12 by 12 field.
    private static let patterns: [StaticString] = [
        "",
        "M3 3h.01M9 9h.01",
        "M-1 7 7-1M5 13l8-8",
        "M0 3h12M0 9h12",
        "M3 1v4M1 3h4M9 7v4M7 9h4",
        "M3 0v12M9 0v12",
        "M-1 5l8 8M5-1l8 8",
        "M0 6h12M6 0v12",
    ]

    static func hex(_ mark: Mark) -> HTML {
        switch mark {
        case .childminder: "#C2410C"
        case .dayNursery: "#5B2A6E"
        case .preschool: "#0F766E"
        case .school: "#1D4ED8"
        case .outOfSchool: "#9F1239"
        case .group: "#4D5B00"
        }
    }

    /// The ground of each shade, from none to much.
    static let shades: [StaticString] = ["#F6F1EA", "#E0D3E8", "#C4A9D3", "#A67DBC", "#8250A0"]

    static func shadeIndex(_ shade: Int) -> Int { max(0, min(shades.count - 1, shade)) }

    /// The first tint is plain, the others are woven; the colour behind the pattern's name is what stays when it is lost.
    static func fill(_ tint: Int?, id: String) -> HTML {
        guard let tint else { return "#EFE9E0" }
        let index = index(tint)
        let plain = HTML(stringLiteral: tints[index])
        return index == 0 ? plain : "url(#\(id)-t\(index)) \(plain)"
    }

    /// The class that gives plain ground its colour; woven ground takes it from the pattern.
    static func groundClass(_ tint: Int?) -> HTML {
        guard let tint else { return "plain" }
        return index(tint) == 0 ? "t0" : "woven"
    }

    /// Tints go round: an area beyond the eighth takes the first again, and its label tells them apart.
    static func index(_ tint: Int) -> Int { ((tint % tints.count) + tints.count) % tints.count }

    /// The patterns and the shapes that this map uses.
    static func definitions(id: String, map: MapPicture) -> HTML {
        var used = Set(map.shapes.compactMap { $0.tint.map(index) })
        for line in map.legend {
            if case .tint(let tint, _) = line { used.insert(index(tint)) }
        }
        let marks = Mark.allCases.filter { mark in map.points.contains { $0.mark == mark } }
        let shapes = marks.html { mark in
            """
            <g class="mk" id="\(id)-\(mark.rawValue)" fill="\(hex(mark))" stroke="#FFFFFF" stroke-width="1.5" \
            transform="scale(.88) translate(-8 -8)">\(mark.shape)</g>
            """
        }
        used.remove(0)
        return "<defs>\(used.sorted().html { pattern($0, id: id) })\(shapes)</defs>"
    }

    private static func pattern(_ tint: Int, id: String) -> HTML {
        """
        <pattern id="\(id)-t\(tint)" width="12" height="12" patternUnits="userSpaceOnUse"><rect class="t\(tint)" \
        width="12" height="12" fill="\(HTML(stringLiteral: tints[tint]))"/><path class="weave" fill="none" \
        stroke="#23202B" stroke-opacity=".16" stroke-width="1.4" stroke-linecap="round" \
        d="\(HTML(stringLiteral: patterns[tint]))"/></pattern>
        """
    }

    /// A star in a ring.
    static var star: HTML {
        """
        <circle class="base-ring" r="12" fill="#FFFFFF" stroke="#23202B" stroke-width="2.2"/><path class="base-star" \
        fill="#23202B" d="M0-8 2.35-3.24 7.6-2.47 3.8 1.24 4.7 6.47 0 4-4.7 6.47-3.8 1.24-7.6-2.47-2.35-3.24z"/>
        """
    }

    static var lock: HTML {
        """
        <g class="lock"><circle r="9" fill="#FFFFFF" stroke="#23202B" stroke-width="1.4"/><path fill="none" \
        stroke="#23202B" stroke-width="1.5" d="M-2.6-.5v-2a2.6 2.6 0 0 1 5.2 0v2"/><rect x="-4" y="-.5" width="8" \
        height="5.5" rx="1" fill="#23202B"/></g>
        """
    }
}

extension MapDrawing {
    /// One line of the key under the map.
    static func keyLine(_ line: MapLegend, id: String) -> HTML {
        switch line {
        case .tint(let tint, let words):
            """
            <li><svg class="swatch" viewBox="0 0 24 16" aria-hidden="true"><rect class="\(MapPaint.groundClass(tint))" x=".5" y=".5" width="23" height="15" rx="3" \
            fill="\(MapPaint.fill(tint, id: id))" stroke="#575163"/></svg><bdi>\(words)</bdi></li>
            """
        case .shade(let shade, let words):
            """
            <li><svg class="swatch" viewBox="0 0 24 16" aria-hidden="true"><rect class="shade\(MapPaint.shadeIndex(shade))" x=".5" y=".5" width="23" \
            height="15" rx="3" fill="\(HTML(stringLiteral: MapPaint.shades[MapPaint.shadeIndex(shade)]))" stroke="#575163"/></svg><bdi>\(words)</bdi></li>
            """
        case .mark(let mark, let words): "<li>\(mark.icon())\(words)</li>"
        case .count(let mark, let words):
            """
            <li><svg class="swatch round" viewBox="-11 -11 22 22" aria-hidden="true"><g class="count m-\(mark.rawValue)">\
            <circle r="10" fill="\(MapPaint.hex(mark))"/><text text-anchor="middle" dy="4.5" font-size="12" font-weight="700" \
            fill="#FFFFFF">8</text></g></svg>\(words)</li>
            """
        case .base(let words):
            "<li><svg class=\"swatch round\" viewBox=\"-14 -14 28 28\" aria-hidden=\"true\">\(MapPaint.star)</svg>\(words)</li>"
        case .locked(let words):
            "<li><svg class=\"swatch round\" viewBox=\"-10 -10 20 20\" aria-hidden=\"true\">\(MapPaint.lock)</svg>\(words)</li>"
        }
    }
}
