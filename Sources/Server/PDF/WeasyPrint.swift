internal import Foundation
public import House
internal import NIOPosix

extension PDFMaker {
    /// WeasyPrint (https://weasyprint.org) where it is installed, else nil.
    ///
    /// It runs as a process of its own for each document, at most two at a time, for at most a minute and 2 GB. It may use what is in
    /// the document and the system's fonts, and fetches nothing, neither from the network nor from the disk.
    public static func weasyPrint(searching path: String) -> PDFMaker? { WeasyPrint.find(in: path).map(PDFMaker.init(by:)) }

    init(by program: WeasyPrint) {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        self.init { html in
            try await threads.runIfActive { try program.make(html) }
        }
    }
}

/// Runs WeasyPrint. Files instead of pipes: neither side can block the other, and a process that dies cannot take us with it.
struct WeasyPrint: Sendable {
    /// The Python that WeasyPrint is installed for.
    let python: String

    /// How long it may take, by the clock and on the processor.
    var seconds = 60

    /// Looks for `weasyprint` in the folders of a `PATH` and takes the Python named in its first line.
    static func find(in path: String) -> WeasyPrint? {
        for folder in path.split(separator: ":") {
            let file = "\(folder)/weasyprint"
            guard FileManager.default.isExecutableFile(atPath: file),
                let data = FileManager.default.contents(atPath: file), data.starts(with: Data("#!".utf8))
            else { continue }
            let line = String(decoding: data.prefix(300).prefix { $0 != 10 }.dropFirst(2), as: UTF8.self)
            guard let python = line.split(separator: " ").last(where: { $0.contains("python") }),
                FileManager.default.isExecutableFile(atPath: String(python))
            else { continue }
            return WeasyPrint(python: String(python))
        }
        return nil
    }

    func make(_ html: [UInt8]) throws -> [UInt8] {
        let folder = try UploadFolder()
        defer { folder.remove() }
        let input = "\(folder.path)/document.html"
        let output = "\(folder.path)/document.pdf"
        try Data(html).write(to: URL(fileURLWithPath: input))
        try Data().write(to: URL(fileURLWithPath: output))

        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-I", "-c", WeasyPrint.script, String(seconds)]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            throw Refusal.unavailable("Making the PDF took too long. Print the page from your browser instead.")
        }
        let bytes = FileManager.default.contents(atPath: output).map { [UInt8]($0) } ?? []
        guard process.terminationStatus == 0, bytes.starts(with: Array("%PDF-".utf8)) else {
            throw Refusal.unavailable("The PDF could not be made. Print the page from your browser instead.")
        }
        return bytes
    }

    /// WeasyPrint with a fetcher that takes `data:` and refuses the rest; its own command line has no such switch.
    private static let script = """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        from weasyprint import HTML, default_url_fetcher
        def fetch(url, *rest, **more):
            if url.startswith('data:'):
                return default_url_fetcher(url, *rest, **more)
            raise ValueError('only what is in the document is used')
        # Without a base address WeasyPrint 57 does not draw what the document refers to within itself (map marks).
        HTML(file_obj=sys.stdin.buffer, encoding='utf-8', base_url='about:blank', url_fetcher=fetch).write_pdf(sys.stdout.buffer)
        """
}
