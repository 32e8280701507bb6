/// Draws what stands inside a map's `svg`.
struct MapDrawing {
    let map: MapPicture
    let projection: MapProjection

    var html: HTML {
        let outlines = map.shapes.map { MapOutline($0, projection) }
        return """
            \(MapPaint.definitions(id: map.id, map: map))<g class="ground" stroke="#FBF8F3" stroke-width="1.2" \
            fill-rule="evenodd">\(ground(outlines))</g>\(borders(outlines))\(chosen(outlines))\(locks(outlines))\
            \(scale)<g class="points">\(map.points.html(point))</g>\
            <g class="counts" text-anchor="middle" font-size="11.5" font-weight="700">\(map.counts.html(count))</g>\
            <g class="bases">\(map.bases.html(base))</g>\(words(outlines))
            """
    }

    // MARK: The ground

    private func ground(_ outlines: [MapOutline]) -> HTML {
        zip(map.shapes, outlines).html { shape, outline in
            let shade = shape.shade.map(MapPaint.shadeIndex)
            let fill = shade.map { HTML(stringLiteral: MapPaint.shades[$0]) } ?? MapPaint.fill(shape.tint, id: map.id)
            let ground = shade.map { "shade\($0)" as HTML } ?? MapPaint.groundClass(shape.tint)
            let path: HTML = """
                <path class="shape \(ground)" data-id="\(shape.id)" fill="\(fill)" \
                d="\(outline.path)"><title>\(shape.title)</title></path>
                """
            guard let href = shape.href else { return path }
            let now = shape.isSelected ? "true" : nil
            return """
                <a href="\(link: href)" aria-label="\(shape.title)"\(attribute: "aria-current", value: now)>\(path)</a>
                """
        }
    }

    private func borders(_ outlines: [MapOutline]) -> HTML {
        var groups: [Int: [MapOutline]] = [:]
        for (shape, outline) in zip(map.shapes, outlines) {
            if let tint = shape.tint { groups[tint, default: []].append(outline) }
        }
        guard groups.count > 1 else { return "" }
        let path = mapBorders(groups.keys.sorted().compactMap { groups[$0] })
        return "<path class=\"border\" fill=\"none\" stroke=\"#575163\" stroke-width=\"1.8\" d=\"\(path)\"/>"
    }

    private func chosen(_ outlines: [MapOutline]) -> HTML {
        zip(map.shapes, outlines).html { shape, outline in
            shape.isSelected
                ? "<path class=\"chosen\" fill=\"none\" stroke=\"#23202B\" stroke-width=\"3\" d=\"\(outline.path)\"/>"
                : ""
        }
    }

    private func locks(_ outlines: [MapOutline]) -> HTML {
        zip(map.shapes, outlines).html { shape, outline in
            guard shape.isLocked, let spot = outline.inside else { return "" }
            let lowered = MapSpot(x: spot.x, y: spot.y + (shape.label == nil ? 0 : 130))
            return "<g transform=\"translate(\(lowered.html))\"><g class=\"pin\">\(MapPaint.lock)</g></g>"
        }
    }

    // MARK: What stands on it

    private func point(_ point: MapPoint) -> HTML {
        let faint: HTML = point.isFaint ? " faint" : ""
        let pin: HTML = """
            <use class="pin m-\(point.mark.rawValue)\(faint)" href="#\(map.id)-\(point.mark.rawValue)"/>
            """
        return placed(pin, at: point.place, title: point.title, href: point.href)
    }

    private func count(_ count: MapCount) -> HTML {
        let wide = count.count > 99
        let pin: HTML = """
            <g class="pin count m-\(count.mark.rawValue)"><circle r="\(wide ? "13" : "10")" fill="\(MapPaint.hex(count.mark))" \
            stroke="#FFFFFF" stroke-width="1.6"/><text dy="4" fill="#FFFFFF">\(count.count)</text></g>
            """
        return placed(pin, at: count.place, title: count.title, href: count.href)
    }

    private func base(_ base: MapBase) -> HTML {
        placed("<g class=\"pin\">\(MapPaint.star)</g>", at: base.place, title: base.title, href: base.href)
    }

    private func placed(_ pin: HTML, at place: LonLat, title: String, href: String?) -> HTML {
        let spot = projection.tenths(place).html
        guard let href else {
            return "<g transform=\"translate(\(spot))\"><title>\(title)</title>\(pin)</g>"
        }
        return """
            <a href="\(link: href)" aria-label="\(title)" transform="translate(\(spot))"><title>\(title)</title>\(pin)</a>
            """
    }

    // MARK: Words

    private func words(_ outlines: [MapOutline]) -> HTML {
        let words = MapWords(map, outlines, projection).placed
        guard !words.isEmpty else { return "" }
        return """
            <g class="words" text-anchor="middle" font-size="12.5" font-weight="600" aria-hidden="true">\
            \(words.html { word($0.label, at: $0.spot) })</g>
            """
    }

    private func word(_ label: String, at spot: MapSpot) -> HTML {
        """
        <g transform="translate(\(spot.html))"><text class="pin word" dy="4" fill="#23202B" stroke="#FBF8F3" stroke-width="3.5" \
        stroke-linejoin="round" paint-order="stroke">\(label)</text></g>
        """
    }

    /// One kilometre, or as many as make a line of a sensible length.
    private var scale: HTML {
        guard map.hasScale else { return "" }
        let lengths: [(Double, StaticString)] = [
            (100, "100 m"), (200, "200 m"), (500, "500 m"), (1_000, "1 km"), (2_000, "2 km"), (5_000, "5 km"),
            (10_000, "10 km"), (20_000, "20 km"), (50_000, "50 km"), (100_000, "100 km"),
        ]
        guard let fit = lengths.first(where: { $0.0 / projection.metresPerUnit >= 50 }) else { return "" }
        let length = Int((fit.0 / projection.metresPerUnit).rounded())
        let bottom = Int(projection.height) - 8
        return """
            <g class="scale" aria-hidden="true" font-size="11"><path fill="none" stroke="#575163" stroke-width="1.5" \
            d="M8 \(bottom - 5)v5h\(length)v-5"/><text x="\(14 + length)" y="\(bottom)" fill="#575163">\
            \(HTML(stringLiteral: fit.1))</text></g>
            """
    }
}
