import Civil
import Testing

@testable import eyhub

@Suite struct FileDayTests {
    @Test("The day in a file's name is found, and numbers that are no day are not taken for one")
    func findsTheDay() {
        #expect(FileDay.inName("ofsted-2021-08-31-england.csv.gz")?.iso == "2021-08-31")
        #expect(FileDay.inName("2025-12-31.csv")?.iso == "2025-12-31")
        #expect(FileDay.inName("register 12021-08-31.csv") == nil)
        #expect(FileDay.inName("register-2021-08-311.csv") == nil)
        #expect(FileDay.inName("register-2021-13-01.csv") == nil)
        #expect(FileDay.inName("register.csv") == nil)
    }
}
