import House
import Testing

@testable import Identity

@Suite struct InviteListTests {
    @Test func aListIsReadAsPeopleAndProgramsWriteIt() {
        let (people, wrong) = InviteList.read(
            """
            Amina Begum, amina@example.org
            "Reed, Alison" <alison@example.org>
            maya@example.org\tMaya Patel
            Colm Brennan colm@example.org
            only@example.org
            AMINA@example.org, again

            no address here
            two@@example.org, wrong
            """)
        #expect(
            people == [
                .init(name: "Amina Begum", email: "amina@example.org"), .init(name: "Reed Alison", email: "alison@example.org"),
                .init(name: "Maya Patel", email: "maya@example.org"), .init(name: "Colm Brennan", email: "colm@example.org"),
                .init(name: "only", email: "only@example.org"),
            ])
        #expect(wrong == ["no address here", "two@@example.org, wrong"])
    }

    @Test func aScopeIsWhatItSaysAndNothingElse() {
        #expect(InviteScope("hub:h").fits(.hub) && !InviteScope("hub:h").fits(.area) && !InviteScope("hub:h").fits(.installation))
        #expect(InviteScope("area:a:h").fits(.area) && !InviteScope("area:a:h").fits(.hub))
        #expect(InviteScope("setting:s:h").fits(.setting) && !InviteScope("setting:s:h").fits(.hub))
        for odd in ["", "hub", "hub:a:b", "area:a", "else:h", ":::"] {
            for level in [InviteScope(odd).fits(.hub), InviteScope(odd).fits(.area), InviteScope(odd).fits(.setting)] { #expect(!level) }
        }
    }
}
