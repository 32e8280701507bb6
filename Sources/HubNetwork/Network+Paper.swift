internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// Puts the hub's name, logo, colours and funder on a paper of it.
    func dress(_ frame: inout PrintFrame, hub id: String) async throws {
        let paper = try await tools.database.read { try HubPaper.of(hub: id, $0) }
        paper.dress(&frame)
    }
}
