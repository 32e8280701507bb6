/// What a picture of the database says about itself, the same in a backup's first line and in an export's `schema.json`.
struct Manifest: Codable, Sendable, Equatable {
    /// The edition of the format; 1 is the only one so far.
    var format: Int
    /// The version of the program that took it.
    var program: String
    /// The engine it was taken from. For people: it can be brought back on either.
    var engine: String
    /// When, as ISO text in UTC.
    var takenAt: String
    /// The steps the schema had taken.
    var migrations: [Step]
    /// Every table, those that others point to first.
    var tables: [Table]

    struct Step: Codable, Sendable, Equatable {
        var room: String
        var number: Int
        var name: String
        var checksum: String
        var appliedAt: String

        enum CodingKeys: String, CodingKey {
            case room, number, name, checksum
            case appliedAt = "applied_at"
        }
    }

    struct Table: Codable, Sendable, Equatable {
        var name: String
        var columns: [Column]
        var primaryKey: [String]
        var references: [Reference]
        /// In an export: the file in the folder, its rows and its checksum.
        var file: String?
        var rows: Int?
        var crc32: String?

        enum CodingKeys: String, CodingKey {
            case name, columns, references, file, rows, crc32
            case primaryKey = "primary_key"
        }
    }

    struct Column: Codable, Sendable, Equatable {
        var name: String
        /// `integer`, `real`, `text` or `bytes`.
        var type: String
        var nullable: Bool
        /// In an export: true when the column is a secret and its values were left out.
        var leftOut: Bool?

        enum CodingKeys: String, CodingKey {
            case name, type, nullable
            case leftOut = "left_out"
        }
    }

    struct Reference: Codable, Sendable, Equatable {
        var columns: [String]
        var table: String
        var targets: [String]
    }

    enum CodingKeys: String, CodingKey {
        case format, program, engine, migrations, tables
        case takenAt = "taken_at"
    }
}
