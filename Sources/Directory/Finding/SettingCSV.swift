internal import Files
internal import House

/// Settings as a spreadsheet that `eyhub import list` can read again.
enum SettingCSV {
    /// The columns for strangers; staff have the number and the place besides.
    static func bytes(of entries: [FinderEntry], index: FinderIndex, for audience: Audience) -> [UInt8] {
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: [
            "Name", "Kind", "Ofsted or school number", "Town", "Postcode", "Ward", "Ward code", "Local authority", "Places",
            "Registers", "Latest inspection", "Inspected on",
        ])
        for entry in entries {
            let hides = audience == .stranger && entry.isHome
            let ward = entry.wardCode.flatMap { index.wards[$0]?.name }
            let authority = entry.authorityCode.flatMap { index.authorities[$0] }
            var fields: [CSVWriter.Field] = [
                .text(audience == .staff ? entry.title : entry.publicTitle), .text(entry.type.name),
                .text(entry.urns.first ?? ""),
            ]
            fields += [.text(hides ? "" : entry.town ?? ""), .text(hides ? "" : entry.postcode ?? "")]
            fields += [.text(ward ?? ""), .text(entry.wardCode ?? ""), .text(authority ?? "")]
            fields.append(entry.places.map { .number($0) } ?? .empty)
            fields += [
                .text(entry.registers), .text(Outcome.words(entry.outcome, of: entry.type)), .text(entry.outcomeDay ?? ""),
            ]
            writer.write(fields)
        }
        return writer.bytes
    }
}
