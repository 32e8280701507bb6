import Testing

@testable import Identity

@Suite struct TimeCodeTests {
    /// RFC 6238, appendix B, the rows for SHA-1; the last six of the eight digits printed there.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ])
    func codesAreThoseOfTheStandard(seconds: Int, code: String) {
        let secret = Array("12345678901234567890".utf8)
        #expect(TimeCode.code(secret: secret, step: seconds / TimeCode.seconds) == code)
    }

    @Test func aCodeIsTakenOnceAndOnlyNearItsTime() {
        let secret = Array("12345678901234567890".utf8)
        let now = 1_234_567_890
        let step = now / TimeCode.seconds
        for near in [step - 1, step, step + 1] {
            #expect(TimeCode.step(of: TimeCode.code(secret: secret, step: near), secret: secret, at: now, after: 0) == near)
        }
        #expect(TimeCode.step(of: TimeCode.code(secret: secret, step: step - 2), secret: secret, at: now, after: 0) == nil)
        #expect(TimeCode.step(of: TimeCode.code(secret: secret, step: step), secret: secret, at: now, after: step) == nil)
        #expect(TimeCode.step(of: TimeCode.code(secret: secret, step: step - 1), secret: secret, at: now, after: step) == nil)
        #expect(TimeCode.step(of: "", secret: secret, at: now, after: 0) == nil)
    }

    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func base32IsTheStandards(plain: String, written: String) {
        #expect(Base32.text(Array(plain.utf8)) == written)
        #expect(Base32.bytes(written.lowercased()) == Array(plain.utf8))
        #expect(Base32.bytes("1" + written) == nil)
    }
}
