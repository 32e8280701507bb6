/// Sums of the wards' prices over any mask, eight wards at a time.
struct PriceTable {
    private let sums: [Double]
    private let chunks: Int

    init(_ price: [Double]) {
        chunks = (price.count + 7) / 8
        var table = [Double](repeating: 0, count: chunks * 256)
        for chunk in 0..<chunks {
            for byte in 1..<256 {
                let low = byte.trailingZeroBitCount
                let ward = chunk * 8 + low
                let more = ward < price.count ? price[ward] : 0
                table[chunk * 256 + byte] = table[chunk * 256 + (byte & (byte - 1))] + more
            }
        }
        sums = table
    }

    @inline(__always)
    func sum(_ mask: WardMask) -> Double {
        var total = 0.0
        var bits = mask
        var row = 0
        while bits != 0 {
            total += sums[row + Int(truncatingIfNeeded: bits & 255)]
            bits >>= 8
            row += 256
        }
        return total
    }
}
