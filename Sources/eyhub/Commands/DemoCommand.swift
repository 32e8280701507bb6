internal import ArgumentParser
internal import Directory
internal import House
internal import HubNetwork
internal import Identity
internal import Logging
internal import Server

/// `eyhub demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Loads the six bundled areas and an invented hub, then serves.",
        discussion: "What is there already is left as it is: run again, it starts at once and loses nothing.")

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("The folder of the bundled data.", valueName: "folder"))
    var data = "data"

    @OptionGroup var serving: ServingOptions

    func run() async throws {
        try serving.check()
        guard try ServingAddress(serving.address).isLoopback, serving.outside == nil else {
            throw Refused("The demonstration lets anybody in with one press, so it serves on this machine only.")
        }
        let certificate = try serving.tls.certificate()
        let tools = try await database.open(
            site: serving.siteName, pdf: PDFMaker.weasyPrint(searching: Surroundings.path), publicURL: serving.linkAddress, isDemo: true)
        for load in DemoLoad.all {
            try await step(load.what) { try await load.run(from: data, tools) }
        }
        try await step("Mini-hubs of Newham") { "at \(try await DemoHubs.newham(tools))" }
        try await step("An invented hub, \(SampleHub.name)") { "at \(try await SampleHub.make(tools))" }
        try await step("Faults in the data") {
            let counts = try await Checking.run(tools)
            return "\(counts.reduce(0) { $0 + $1.count }), at /staff/faults"
        }
        try await step("People to enter as") {
            guard let hub = try await SampleHub.id(tools) else { return "none" }
            return "\(try await DemoPeople.make(hub: hub, tools, Rooms.placeBook(tools))), at /sign-in"
        }
        try await step("Contacts of that hub’s team") {
            guard let hub = try await SampleHub.id(tools) else { return "none" }
            return "\(try await SampleContacts.make(hub: hub, tools)), at /staff/network"
        }
        try await network(tools)
        try await serving.serve(tools, database: database.address, certificate: certificate, isDemo: true, logging: .notice) { address in
            Output.say("\nOpen \(address) for what strangers see, \(address)/sign-in to enter as one of the hub’s people. Ctrl-C ends it.")
        }
    }

    /// What the invented hub's team did in two years.
    private func network(_ tools: Tools) async throws {
        guard let hub = try await SampleHub.id(tools) else { return }
        try await step("Pledges signed in that hub") {
            let secrets = try SecretKey.box(database: database.address)
            return "\(try await SamplePledges.make(hub: hub, tools, secrets)), at /staff/pledges"
        }
        try await step("Its meetings and their hosts") { "\(try await SampleHosting.make(hub: hub, tools)), at /staff/hosting" }
        try await step("Its campaigns") { "\(try await SampleCampaigns.make(hub: hub, tools)), at /staff/calls" }
        try await step("Its champions") { "\(try await SampleChampions.make(hub: hub, tools)), at /staff/champions" }
        try await step("Its groups") { "\(try await SampleGroups.make(hub: hub, tools)), at /staff/groups" }
        try await step("Its surveys of what members need") { "\(try await SampleNeeds.make(hub: hub, tools)), at /staff/network" }
        try await step("What its members asked for") { "\(try await SampleRequests.make(hub: hub, tools)), at /staff/network" }
    }

    /// One line: what is done, and how it went.
    private func step(_ what: String, _ work: () async throws -> String) async throws {
        let dots = String(repeating: ".", count: max(2, 44 - what.count))
        Output.write("\(what) \(dots) ")
        do {
            Output.say(try await work())
        } catch {
            Output.say("failed")
            throw error
        }
    }
}
