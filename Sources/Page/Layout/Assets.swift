#if canImport(CPageAssets)
    internal import CPageAssets
#endif

/// A file the pages link to, held in the program itself.
public struct Asset: Sendable {
    /// What the code calls it: `look.css`.
    public let name: String
    /// Where it is served: `/assets/look.1a2b3c4d5e6f.css`. A changed file has another address, so browsers may keep it for good.
    public let path: String
    /// For the `Content-Type` header.
    public let contentType: String
    /// What to send.
    public let bytes: [UInt8]
}

/// The stylesheet, the scripts and the mark.
public enum Assets {
    /// Every file, to be served with `Cache-Control: public, max-age=31536000, immutable`.
    public static let all: [Asset] = load()

    private static let byName: [String: Asset] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    private static let byPath: [String: Asset] = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

    /// The address of a file by its plain name. An unknown name keeps the name, and the link shows up in a crawl.
    public static func path(_ name: String) -> String { byName[name]?.path ?? "/assets/\(name)" }

    /// The file served at an address, if it is one of ours.
    public static func asset(at path: String) -> Asset? { byPath[path] }

    /// The stylesheet of print pages that must carry it with them.
    static var paper: [UInt8] { byName["paper.css"]?.bytes ?? [] }

    private static func load() -> [Asset] {
        #if canImport(CPageAssets)
            return [
                asset("look", "css", "text/css; charset=utf-8", page_look_css()),
                asset("paper", "css", "text/css; charset=utf-8", page_paper_css()),
                asset("map", "js", "text/javascript; charset=utf-8", page_map_js()),
                asset("keep", "js", "text/javascript; charset=utf-8", page_keep_js()),
                asset("mark", "svg", "image/svg+xml", page_mark_svg()),
            ]
        #else
            return []
        #endif
    }

    #if canImport(CPageAssets)
        private static func asset(_ stem: String, _ ending: String, _ type: String, _ held: PageAssetBytes) -> Asset {
            let bytes = Array(UnsafeBufferPointer(start: held.bytes, count: held.count))
            let path = "/assets/\(stem).\(contentHash(bytes)).\(ending)"
            return Asset(name: "\(stem).\(ending)", path: path, contentType: type, bytes: bytes)
        }
    #endif

    /// FNV-1a, 64 bits, twelve hex digits: it names a version of our own file and guards nothing.
    static func contentHash(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let hex = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - hex.count) + hex).suffix(12))
    }
}
