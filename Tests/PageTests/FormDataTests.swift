import Page
import Testing

@Suite("Reading forms")
struct FormDataTests {
    private func read(_ text: String, _ limits: FormLimits = FormLimits()) throws -> [String] {
        try FormData(query: text, limits: limits).pairs.map { "\($0.name)=\($0.value)" }
    }

    @Test("Pairs keep their order and repeated names, as browsers send them for tick boxes")
    func pairs() throws {
        #expect(try read("a=1&b=2&a=3") == ["a=1", "b=2", "a=3"])
        let form = try FormData(query: "tags=1&tags=2&name=x")
        #expect(form.all("tags") == ["1", "2"])
        #expect(form["tags"] == "1")
        #expect(form["none"] == nil)
        #expect(form.has("name"))
    }

    @Test("A plus is a space, percent bytes are UTF-8, and what is broken stays as it stands")
    func decoding() throws {
        #expect(try read("q=caf%C3%A9+au+lait%2B") == ["q=café au lait+"])
        #expect(try read("q=100%&r=%zz&s=%4") == ["q=100%", "r=%zz", "s=%4"])
        #expect(try read("q=%FF%22") == ["q=\u{FFFD}\""])
        #expect(try read("q=%ED%A0%80").first?.hasPrefix("q=\u{FFFD}") == true)
        #expect(try read("q=%00") == ["q=\u{0}"])
        #expect(try read("a=b=c") == ["a=b=c"])
    }

    @Test("Empty pairs are nothing; a name without a value and a value without a name are kept")
    func edges() throws {
        #expect(try read("") == [])
        #expect(try read("&&a&&=x&") == ["a=", "=x"])
    }

    @Test("Too many fields, too long names and too large bodies are refused")
    func limits() {
        let many = (0...1_000).map { "a\($0)=1" }.joined(separator: "&")
        #expect(throws: FormProblem.self) { try read(many) }
        #expect(throws: FormProblem.self) { try read(String(repeating: "n", count: 201) + "=1") }
        #expect(throws: FormProblem.self) { try read(String(repeating: "%6e", count: 201) + "=1") }
        #expect(throws: FormProblem.self) { try read("a=" + String(repeating: "x", count: 100), FormLimits(bytes: 50)) }
        #expect(throws: FormProblem.self) { try read("a=" + String(repeating: "x", count: 100), FormLimits(valueBytes: 50)) }
        do {
            _ = try read(many)
        } catch let problem as FormProblem {
            #expect(problem.status == 413)
            #expect(problem.publicMessage.contains("more fields"))
        } catch {
            Issue.record("another error")
        }
    }

    @Test("What was written is read back, whatever it is")
    func roundTrip() throws {
        var random = SeededRandom(11)
        for _ in 0..<300 {
            let pairs = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                (noise(&random, from: 1), noise(&random, from: 0))
            }
            let address = PageAddress("/x", pairs)
            let query = address.href.dropFirst(pairs.isEmpty ? 2 : 3)
            #expect(try FormData(query: query) == FormData(pairs))
        }
    }

    private func noise(_ random: inout SeededRandom, from least: Int) -> String {
        let scalars = (0..<Int.random(in: least...8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...0x2FFFF, using: &random))
        }
        let text = String(String.UnicodeScalarView(scalars))
        return text.isEmpty && least > 0 ? "n" : text
    }
}

@Suite("Typed answers and their errors")
struct FormReaderTests {
    private enum Kind: String, CaseIterable { case school, nursery }

    @Test("Blank answers ask for what is missing, and every error is collected once, in order")
    func missing() {
        var read = FormReader(FormData([("name", " \u{200B}\u{A0} "), ("count", "")]))
        #expect(read.text("name", missing: "Enter the name") == nil)
        #expect(read.int("count", in: 3...8, missing: "Say how many") == nil)
        #expect(read.choice("kind", of: Kind.self, missing: "Choose a kind") == nil)
        #expect(read.date("day", missing: "Enter the day") == nil)
        read.fail("name", "Something else")
        #expect(read.errors.all.map(\.message) == ["Enter the name", "Say how many", "Choose a kind", "Enter the day"])
        #expect(read.errors["count"] == "Say how many")
    }

    @Test("Text is trimmed, its line ends made one, and its length counted as people count")
    func text() {
        var read = FormReader(
            FormData([("a", "  x\r\ny\rz  "), ("lines", "x\r\ny"), ("b", String(repeating: "👩‍👧", count: 4)), ("c", "abc")]))
        #expect(read.text("a", missing: "") == "x\ny\nz")
        #expect(read.text("lines", missing: "") == "x\ny")
        #expect(read.text("b", missing: "", max: 4) != nil)
        #expect(read.optionalText("c", max: 2) == nil)
        #expect(read.optionalText("d") == nil)
        #expect(read.errors.all.map(\.message) == ["Use 2 characters or fewer. This has 3."])
    }

    @Test("Numbers may be grouped; words, fractions and numbers out of range are refused with the range")
    func numbers() {
        var read = FormReader(
            FormData([
                ("a", "70,980"), ("b", " 1 000 "), ("c", "eleven"), ("d", "9"), ("e", "2.5"), ("f", "99999999999999999999"), ("g", "−3"),
            ]))
        #expect(read.int("a", in: 0...100_000, missing: "") == 70_980)
        #expect(read.optionalInt("b", in: 0...1_000) == 1_000)
        #expect(read.int("c", in: 3...8, missing: "") == nil)
        #expect(read.int("d", in: 3...8, missing: "", wrong: "Between three and eight") == nil)
        #expect(read.optionalDecimal("e", in: 0...10) == 2.5)
        #expect(read.optionalInt("f", in: 0...10) == nil)
        #expect(read.optionalInt("g", in: -5...5) == -3)
        #expect(read.errors["c"] == "Enter a whole number from 3 to 8.")
        #expect(read.errors["d"] == "Between three and eight")
    }

    @Test("Decimals are plain numbers: no infinity, no hexadecimal, no exponent")
    func decimals() {
        for text in ["inf", "nan", "0x10", "1e3", "--1", "1.2.3", "."] {
            var read = FormReader(FormData([("n", text)]))
            #expect(read.decimal("n", in: 0...5_000, missing: "") == nil, "\(text)")
            #expect(read.errors["n"] == "Enter a number from 0 to 5000.")
        }
    }

    @Test("Choices outside the list are refused; many choices come in the list's order, each once")
    func choices() {
        var read = FormReader(FormData([("k", "school"), ("w", "x"), ("d", "c"), ("d", "a"), ("d", "a"), ("d", "zz")]))
        #expect(read.choice("k", of: Kind.self, missing: "") == .school)
        #expect(read.optionalChoice("w", from: ["a"]) == nil)
        #expect(read.many("d", from: ["a", "b", "c"]) == ["a", "c"])
        #expect(read.many("none", from: ["a"], atLeast: 1, missing: "Choose at least one") == [])
        #expect(read.errors.all.count == 2)
    }

    @Test("Dates are read as people write them in England")
    func dates() {
        let good: [String] = [
            "2026-03-03", "3/3/2026", "03.03.2026", "3 March 2026", "Tuesday 3 March 2026", "3rd mar 2026", "3-3-2026", "3 MARCH, 2026",
        ]
        for text in good {
            var read = FormReader(FormData([("d", text)]))
            let day = read.date("d", missing: "")
            #expect(day?.year == 2026 && day?.month == 3 && day?.day == 3, "\(text)")
        }
        for text in [
            "31/2/2026", "3/3/26", "2026", "29 February 2025", "13/13/2026", "yesterday", "3 Smarch 2026", "0/1/2026", "1/1/0001",
            "٣/٣/٢٠٢٦",
        ] {
            var read = FormReader(FormData([("d", text)]))
            #expect(read.optionalDate("d") == nil, "\(text)")
            #expect(read.errors["d"] != nil, "\(text)")
        }
    }

    @Test("A date in three boxes is read, and half a date is an error")
    func dateParts() {
        var read = FormReader(FormData([("b-day", "29"), ("b-month", "2"), ("b-year", "2024"), ("c-day", "1")]))
        let day = read.date("b", missing: "")
        #expect(day?.year == 2024 && day?.month == 2 && day?.day == 29)
        #expect(read.optionalDate("c") == nil)
        #expect(read.errors["c"] != nil)
        #expect(read.optionalDate("none") == nil)
        #expect(read.errors.all.count == 1)
    }

    @Test("A tick is a tick, whatever its value, unless it says no")
    func flags() {
        let read = FormReader(FormData([("a", "on"), ("b", "yes"), ("c", "no"), ("d", "")]))
        #expect(read.flag("a") && read.flag("b"))
        #expect(!read.flag("c") && !read.flag("d") && !read.flag("e"))
    }
}
