internal import Foundation

/// Names as they are compared and searched: lower case, no accents, no punctuation, single spaces, "&" read as "and".
public enum SortKey {
    /// "St. Mary's  Pré-School & Nursery" becomes "st marys pre school and nursery".
    public static func of(_ text: String) -> String {
        var key: [UInt8] = []
        key.reserveCapacity(text.utf8.count)
        var spaceDue = false
        func put(_ byte: UInt8) {
            if spaceDue && !key.isEmpty { key.append(32) }
            spaceDue = false
            key.append(byte)
        }
        if text.utf8.allSatisfy({ $0 < 128 }) {
            for byte in text.utf8 { fold(byte, put: put) { spaceDue = true } }
        } else {
            for scalar in text.decomposedForSearch {
                if scalar.value < 128 {
                    fold(UInt8(scalar.value), put: put) { spaceDue = true }
                } else if scalar == "’" || scalar == "‘" || scalar.properties.generalCategory == .nonspacingMark {
                    continue
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    for byte in String(scalar).lowercased().utf8 { put(byte) }
                } else {
                    spaceDue = true
                }
            }
        }
        return String(decoding: key, as: UTF8.self)
    }

    private static func fold(_ byte: UInt8, put: (UInt8) -> Void, space: () -> Void) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): put(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): put(byte + 32)
        case UInt8(ascii: "'"): break
        case UInt8(ascii: "&"):
            space()
            for letter in "and".utf8 { put(letter) }
            space()
        default: space()
        }
    }
}

extension String {
    /// The scalars with accents split off their letters, so that the accents can be left out.
    fileprivate var decomposedForSearch: String.UnicodeScalarView {
        decomposedStringWithCanonicalMapping.unicodeScalars
    }
}
