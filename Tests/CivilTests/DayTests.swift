import Civil
import Testing

@Suite struct DayTests {
    @Test func everyDayFrom1900To2100SurvivesTheRoundTrip() throws {
        var previous: Day?
        let first = try #require(Day(year: 1900, month: 1, day: 1))
        for offset in 0..<73_414 {
            let day = first.adding(days: offset)
            #expect(Day(year: day.year, month: day.month, day: day.day) == day)
            #expect(Day(iso: day.iso) == day)
            if let previous { #expect(previous < day && previous.days(to: day) == 1) }
            previous = day
        }
    }

    @Test(arguments: ["31/02/2020", "29/02/2021", "00/01/2020", "1/13/2020", "09-Oct", "", "-", "12/05/21", "2020-02-30"])
    func aDayThatDoesNotExistIsRefused(text: String) {
        #expect(Day(written: text) == nil)
    }

    @Test(arguments: [
        "03/09/2015", "3/9/2015", "03-09-2015", "03/09/2015 00:00", "3 September 2015", "3 sep 2015", "2015-09-03",
        "2015-09-03T05:30:46", "03.09.2015",
    ])
    func aDayIsReadAsRegistersWriteIt(text: String) {
        #expect(Day(written: text)?.iso == "2015-09-03")
    }

    @Test func daysAreShownAsPeopleSayThem() throws {
        let day = try #require(Day(iso: "2026-03-03"))
        #expect(day.long == "Tuesday 3 March 2026")
        #expect(day.short == "3 Mar 2026")
    }

    @Test(
        arguments: [
            ("2026-03-29T00:59:59Z", "29 March 2026, 12:59am"), ("2026-03-29T01:00:00Z", "29 March 2026, 2am"),
            ("2026-10-25T00:59:59Z", "25 October 2026, 1:59am"), ("2026-10-25T01:00:00Z", "25 October 2026, 1am"),
            ("2026-06-30T23:30:00Z", "1 July 2026, 12:30am"), ("2026-11-22T18:30:00Z", "22 November 2026, 6:30pm"),
        ] as [(String, String)])
    func momentsAreShownInLondonTime(iso: String, shown: String) throws {
        let instant = try #require(Instant(iso: iso))
        #expect(instant.shown == shown)
        #expect(instant.iso == iso)
    }
}
