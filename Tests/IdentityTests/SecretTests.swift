import Testing

@testable import Identity

@Suite struct SecretTests {
    @Test func tokensAreLongDifferentAndFitForAnAddress() {
        let tokens = (0..<200).map { _ in Secrets.token() }
        #expect(Set(tokens).count == 200)
        for token in tokens { #expect(token.utf8.count == 43 && token.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }) }
    }

    /// SHA-256 of "abc" (FIPS 180-2, appendix B.1), in base64url.
    @Test func whatIsKeptIsTheStandardsHash() {
        #expect(Secrets.hash("abc") == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    }

    @Test func aPassphraseIsKnownAgainAndNothingElseIs() async throws {
        let hasher = PassphraseHasher(rounds: 16)
        let kept = try await hasher.hash("four wet paper boats")
        #expect(kept.hasPrefix("scrypt$16$8$1$") && !kept.contains("paper"))
        #expect(try await hasher.matches("four wet paper boats", kept))
        for wrong in ["four wet paper boat", "Four wet paper boats", "", kept] { #expect(try await !hasher.matches(wrong, kept)) }
        #expect(try await !hasher.matches("four wet paper boats", nil))
        #expect(try await !hasher.matches("four wet paper boats", "nonsense"))
        #expect(try await hasher.hash("four wet paper boats") != kept)
        // The same word typed with a letter and its accent apart.
        let accents = try await hasher.hash("caf\u{E9} caf\u{E9} caf\u{E9}")
        #expect(try await hasher.matches("cafe\u{301} cafe\u{301} cafe\u{301}", accents))
    }

    @Test func theCostIsTodaysAdvice() {
        // OWASP Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8, p = 1.
        #expect(PassphraseHasher.standard.rounds == 131_072)
    }

    @Test(arguments: [
        ("short", true), ("aaaaaaaaaaaaaaaa", true), ("password1234", true), ("Password 1234", true), ("yasmin begum", true),
        ("yasmin@example.org1", true), ("four wet paper boats", false), ("রাত দিন বই নদী", false),
    ])
    func weakPassphrasesAreToldWhy(passphrase: String, isWeak: Bool) {
        let fault = PassphraseRule.fault(passphrase, name: "Yasmin Begum", email: "yasmin@example.org")
        #expect((fault != nil) == isWeak, "\(passphrase): \(fault ?? "taken")")
    }

    @Test func whatIsSealedOpensWithTheSameKeyOnly() throws {
        let box = SecretBox(secret: "one key of the tests, long enough")
        let sealed = try box.seal([1, 2, 3])
        #expect(try box.open(sealed) == [1, 2, 3])
        #expect(throws: (any Error).self) { try SecretBox(secret: "another key of the tests, as long").open(sealed) }
        #expect(throws: (any Error).self) { try box.open(String(sealed.dropLast(4)) + "AAAA") }
    }

    @Test func formsAreTiedToTheirBrowser() {
        let token = Secrets.formToken(cookie: "one")
        #expect(Secrets.areEqual(token, Secrets.formToken(cookie: "one")))
        #expect(token != Secrets.formToken(cookie: "two"))
        #expect(!Secrets.areEqual(token, String(token.dropLast())))
    }

    @Test(arguments: [
        ("/staff", "/staff"), ("/settings?q=a&b=c", "/settings?q=a&b=c"), ("//evil.example", ""), ("/\\evil.example", ""),
        ("https://evil.example", ""), ("javascript:alert(1)", ""), ("/a\r\nSet-Cookie: x", ""), ("", ""), ("staff", ""), ("/\u{202E}", ""),
    ])
    func whereSomebodyGoesAfterSigningInIsAlwaysHere(asked: String, path: String) {
        #expect(Identity.safePath(asked) == path)
    }
}
