import Server
import Store
import Testing

/// A step of the schema that has been shipped never changes: databases out there were made by it.
@Suite struct ShippedMigrationTests {
    /// What each step's checksum was on the day it was shipped. Add a line for a new step; never change one.
    static let shipped: [String: String] = [
        "Directory 1": "3f422ef95bdaff38", "Directory 2": "be8a786df4589230", "Directory 3": "1990318222aa0985",
        "Directory 4": "41c2fed06b25952d", "Directory 5": "72e44c90f39157e0", "Store 1": "c22cd581ed12a5f",
        "Identity 1": "4fb93b39f1df0fab", "Identity 2": "9f6127f7eb103ece", "House 1": "278704fc01d3aea1", "Identity 3": "e6be3ef06559efd3",
        "Identity 4": "460bfac0845b530d", "Identity 5": "305f6b0c155c8a5c", "Identity 6": "a2bb93456804a50d",
        "Identity 10": "84c6457b9b9cb8d7", "Identity 11": "ffac2a517bff5588",
        "Identity 7": "de677f9f9c3cdaa0",
        "Directory 6": "7f0608fab352d426", "Pictures 1": "bcbabf350a1f6b1f", "Directory 7": "a7c0a14d576044a1",
        "Identity 8": "4d4b245bdea00038",
        "Network 1": "2d01e7d1547e369f", "Network 2": "a204dc7941aee808", "Network 3": "22b1efe0198a4e83",
        "Network 4": "2af0551b54381a79", "Network 5": "bd54f1b6a2d5355", "Network 6": "4d1508841126b4d6",
        "Identity 9": "3a5045b10cfa6e5f",
    ]

    @Test func noShippedStepHasChanged() {
        var now: [String: String] = [:]
        for step in Rooms.migrations { now["\(step.room) \(step.number)"] = step.checksum }
        #expect(now == Self.shipped)
    }
}
