internal import ArgumentParser
internal import House
internal import Logging
internal import Server

/// `eyhub serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the pages and the JSON API, until it is stopped.")

    @OptionGroup var database: DatabaseOption
    @OptionGroup var serving: ServingOptions

    func run() async throws {
        Memory.shareBetweenThreads()
        try serving.check()
        let certificate = try serving.tls.certificate()
        let tools = try await database.open(
            site: serving.siteName, pdf: PDFMaker.weasyPrint(searching: Surroundings.path),
            publicURL: try serving.outside(with: certificate?.certificate) ?? serving.linkAddress)
        try await serving.serve(tools, database: database.address, certificate: certificate, logging: .info) {
            Output.say("Listening at \($0)")
        }
    }
}
