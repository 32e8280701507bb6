import House
import Testing

@testable import Identity

@Suite struct InviteListTests {
    @Test func aListIsReadAsPeopleAndProgramsWriteIt() {
        let list = InviteList(
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
            list.people == [
                .init(name: "Amina Begum", email: "amina@example.org"), .init(name: "Alison Reed", email: "alison@example.org"),
                .init(name: "Maya Patel", email: "maya@example.org"), .init(name: "Colm Brennan", email: "colm@example.org"),
                .init(name: "only", email: "only@example.org"),
            ])
        #expect(list.wrong == ["no address here", "two@@example.org, wrong"])
        #expect(list.doubles == 1)
    }

    @Test(
        "Nobody in a line copied from an address field is lost",
        arguments: [
            "Amina Begum <amina@example.org>; Lee Cole <lee@example.org>;",
            "Begum, Amina <amina@example.org>; \"Cole, Lee\" <lee@example.org>",
            "Amina Begum <amina@example.org>, \"Lee Cole\" <lee@example.org>",
            "amina@example.org, Amina Begum, lee@example.org, Lee Cole",
            "Name;E-mail\nAmina Begum;amina@example.org\r\nLee Cole;lee@example.org",
            "Amina Begum amina@example.org Lee Cole lee@example.org",
        ])
    func readsManyInALine(text: String) {
        let list = InviteList(text)
        #expect(
            list.people == [.init(name: "Amina Begum", email: "amina@example.org"), .init(name: "Lee Cole", email: "lee@example.org")],
            "\(text)")
        #expect(list.wrong.isEmpty)
    }

    @Test(
        "What clings to a copied address is taken off, and names stay as they are written",
        arguments: [
            ("'amina@example.org' <amina@example.org>", "amina"), ("mailto:amina@example.org", "amina"),
            ("أمينة بيغم, \u{200F}amina@example.org\u{200E}", "أمينة بيغم"), ("Amina 🌻 Begum\tamina@example.org.", "Amina 🌻 Begum"),
            ("\u{FEFF}amina@example.org", "amina"), ("Zoë Ní Bhriain (amina@example.org)", "Zoë Ní Bhriain"),
            ("\"Begum, Amina\" <amina@example.org>", "Amina Begum"), ("Begum, Amina <amina@example.org>", "Amina Begum"),
        ])
    func tidies(line: String, name: String) {
        let list = InviteList(line)
        #expect(list.people == [.init(name: name, email: "amina@example.org")])
        #expect(list.wrong.isEmpty && list.doubles == 0)
    }

    @Test(
        "A slip in one address of a line does not let the line pass",
        arguments: [
            "amina@gmail", "Amina Begum <amina@example..org>", "Amina <amina@example.org>; Lee <lee@example>",
        ])
    func seesSlips(line: String) {
        #expect(InviteList(line).wrong == [line])
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
