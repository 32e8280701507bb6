internal import Store

/// Gives the rows of a picture back, table after table in the manifest's order. What it gives is checked; when
/// ``nextTable()`` has returned nil, all of it was there.
protocol RowSource: AnyObject {
    /// The file or folder, for sentences.
    var name: String { get }
    var manifest: Manifest { get }
    /// The rows given so far, of each table begun.
    var counts: [Int] { get }
    /// The place of the next table in the manifest; nil after the last.
    func nextTable() throws -> Int?
    /// The next row of this table, its values in the order of the manifest's columns; nil after the last.
    func nextRow() throws -> [Value]?
}
