/// A set of wards, one bit for each.
typealias WardMask = UInt128

extension UInt128 {
    /// The mask of one ward.
    @inline(__always)
    static func ward(_ number: Int) -> UInt128 { 1 &<< UInt128(truncatingIfNeeded: number) }

    /// The mask of the first so many wards.
    static func first(_ count: Int) -> UInt128 { count == 128 ? .max : (1 << UInt128(count)) - 1 }

    init(_ wards: [Int]) { self = wards.reduce(0) { $0 | .ward($1) } }
}
