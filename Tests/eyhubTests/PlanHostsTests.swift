import Foundation
import Testing

/// The worked example of docs/rules/host-rotation.md, from files.
@Suite struct PlanHostsTests {
    private func write(to folder: String, places: String? = nil) throws {
        let plain = """
            id,kind,holds,step_free,lat,lon,turns_before,last_turn,away
            Hill School,Schools,40,1,51.5,0.0,1,2026-06-01,
            Larkspur Nursery,PVI,20,1,51.5,0.01,1,2026-03-01,
            Rosa,Childminders,8,0,51.5,0.02,0,,2027-06-01/2027-06-30
            """
        let meetings = """
            id,day,series,people,step_free,host
            Autumn,2026-10-07,hub,6,0,
            Spring,2027-01-13,hub,12,0,Larkspur Nursery
            Summer,2027-06-09,hub,50,1,
            """
        try Data((places ?? plain).utf8).write(to: URL(fileURLWithPath: "\(folder)/places.csv"))
        try Data(meetings.utf8).write(to: URL(fileURLWithPath: "\(folder)/meetings.csv"))
        try Data("series,lat,lon\nhub,51.5,0.0\nhub,51.5,0.02\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/comers.csv"))
    }

    private func plan(_ more: String..., in folder: String) async throws -> Program.Outcome {
        await
            (try Running(
                ["plan", "hosts", "--places", "places.csv", "--meetings", "meetings.csv", "--comers", "comers.csv"] + more, in: folder))
            .outcome()
    }

    @Test("Every meeting is answered: with a host and why, or with why there is none")
    func chooses() async throws {
        try await Program.inFolder { folder in
            try write(to: folder)
            let outcome = try await plan("--json", in: folder)
            #expect(outcome.code == 0, "\(outcome.error)")
            let answer = try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
            let choices = try #require(answer["choices"] as? [[String: Any]])
            #expect(choices.compactMap { $0["host"] as? String } == ["Rosa", "Larkspur Nursery"])
            let unhosted = try #require(answer["unhosted"] as? [[String: Any]])
            let why =
                "Nobody can host it: of the 3 that offered, 3 have no room for 50 (the largest holds 40), 1 is not step-free, 1 cannot that day."
            #expect(unhosted.compactMap { $0["because"] as? String } == [why])
            #expect(answer["is_proven"] as? Bool == true)
            let text = try await plan(in: folder).out
            #expect(text.contains("Spring: Larkspur Nursery. Chosen by hand.") && text.contains("Summer: no host. Nobody can host it"))
        }
    }

    @Test("A row that cannot be used is refused with its line")
    func refuses() async throws {
        try await Program.inFolder { folder in
            try write(to: folder, places: "id,kind,holds,away\nRosa,c,8,soon\n")
            let outcome = try await plan(in: folder)
            #expect(outcome.code != 0 && outcome.error.contains("line 2: away must be days or stretches"))
        }
    }
}
