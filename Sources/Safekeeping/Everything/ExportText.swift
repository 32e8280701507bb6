internal import Foundation

/// What lies beside the tables and explains them.
enum ExportText {
    static func schema(_ manifest: Manifest) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(ExportHead(export: manifest))
    }

    /// The columns whose values are not in the files, as `table.column`.
    static func leftOut(_ manifest: Manifest) -> [String] {
        manifest.tables.flatMap { table in table.columns.filter { $0.leftOut == true }.map { "\(table.name).\($0.name)" } }
    }

    /// For whoever finds the folder in ten years.
    static func readMe(_ manifest: Manifest) -> String {
        let tables = manifest.tables.map { table in
            let columns = table.columns.map { column in
                let notes = [
                    table.primaryKey.contains(column.name) ? "key" : nil, column.nullable ? "may be empty" : nil,
                    column.leftOut == true ? "left out" : nil,
                ].compactMap { $0 }
                return "- `\(column.name)`: \(([column.type] + notes).joined(separator: ", "))"
            }
            let references = table.references.map {
                "- \($0.columns.joined(separator: " and ")) → `\($0.table)` (\($0.targets.joined(separator: ", ")))"
            }
            return """
                ## \(table.name)

                \(table.rows == 1 ? "1 row" : "\(table.rows ?? 0) rows") in `\(table.file ?? "")`.

                \((columns + references).joined(separator: "\n"))
                """
        }
        return """
            # Everything eyhub knows

            Taken at \(manifest.takenAt) (UTC) by eyhub \(manifest.program), as it was at one moment. It holds personal data: keep it
            as safe as the program itself.

            One CSV file for each table (RFC 4180, UTF-8, commas, a line of column names). Nothing between two commas is no value;
            `""` is an empty text. A text a spreadsheet might take for a formula has an apostrophe before it. Days are written
            `2026-03-31`, moments `2026-03-31T18:30:00Z`, yes and no as 1 and 0, bytes in base64. `schema.json` says the same for
            programs, with the checksum (CRC-32) of each file.

            `eyhub import everything FOLDER` brings it back into an empty database. Its documentation describes the format in
            `docs/export-format.md`.

            \(tables.joined(separator: "\n\n"))

            """
    }
}
