internal import Civil

/// The day a register's file speaks for, as publishers put it into file names: `...-2021-08-31-...`.
enum FileDay {
    static func inName(_ name: String) -> Day? {
        let bytes = Array(name.utf8)
        guard bytes.count >= 10 else { return nil }
        for start in 0...(bytes.count - 10) {
            let isFree = start == 0 || !(0x30...0x39).contains(bytes[start - 1])
            let end = start + 10
            guard isFree, end == bytes.count || !(0x30...0x39).contains(bytes[end]) else { continue }
            if let day = Day(iso: String(decoding: bytes[start..<end], as: UTF8.self)) { return day }
        }
        return nil
    }
}
