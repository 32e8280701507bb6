internal import Civil
internal import Foundation

/// The machine's clock and what it knows of English time.
struct ClockHealth {
    let now: Instant

    var findings: [Finding] { [clock, zone] }

    private var clock: Finding {
        // Nobody ran this program before 2025: an earlier clock is one that was never set.
        let isSane = now.iso >= "2025" && now.iso < "2100"
        return Finding(
            isSane ? .ok : .wrong, "clock",
            isSane ? "It is \(now.iso) (UTC)." : "The clock says \(now.iso), which cannot be. Set it by NTP.")
    }

    /// The program carries the rule for London itself; WeasyPrint, logs and people read the system's.
    private var zone: Finding {
        let summer = Date(timeIntervalSince1970: 1_782_864_000)
        let offset = TimeZone(identifier: "Europe/London")?.secondsFromGMT(for: summer)
        return offset == 3_600
            ? Finding(.ok, "time zone", "The system knows the time in London.")
            : Finding(.look, "time zone", "The system does not know the time in London. Install the package tzdata.")
    }
}
