/// A picture of ours: made here, and so nothing but a picture.
public struct Picture: Sendable, Equatable {
    /// What it is written as.
    public enum Kind: String, Sendable, CaseIterable {
        case png, jpeg = "jpg"

        /// For the `Content-Type` header.
        public var contentType: String { self == .png ? "image/png" : "image/jpeg" }
    }

    public let kind: Kind
    /// In pixels.
    public let width: Int
    public let height: Int
    /// The file.
    public let bytes: [UInt8]
}

/// What a picture is for, which decides how large it is kept.
public enum PictureUse: Sendable, CaseIterable {
    /// Stands in the head of pages and papers; may be see-through.
    case logo
    /// Is looked at closely: a signed paper, a room.
    case photo

    /// The longer side at most, in pixels.
    public var side: Int { self == .logo ? 800 : 2_400 }

    /// libjpeg's scale from 1 to 100.
    var quality: Int { self == .logo ? 90 : 82 }
}

/// Why a file was not taken, in words for whoever sent it.
public struct PictureProblem: Error, Sendable, Equatable {
    /// What is wrong and what to send instead.
    public let message: String

    init(_ message: String) { self.message = message }
}

/// The way in.
public enum Pictures {
    /// The largest file that is looked at, in bytes. A photo of a phone has 3 to 12 million.
    public static let mostBytes = 20_000_000
    /// The most pixels of a JPEG, which is read at a part of its size.
    static let mostPixels = 50_000_000
    /// The most pixels of a PNG, which is not.
    static let mostPixelsOfPNG = 24_000_000
}
