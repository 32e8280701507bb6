import Testing

@testable import Directory

@Suite struct TelephoneTests {
    @Test("A number is taken as people write it, and dialled as digits")
    func readsNumbers() {
        let written: [(String, String)] = [
            ("020 7946 0123", "02079460123"), ("(020) 7946-0123", "02079460123"), ("+44 20 7946 0123", "02079460123"),
            ("+44 (0)20 7946 0123", "02079460123"), ("01632 960 001, option 2", "01632960001"),
            ("07700.900.123 nights only", "07700900123"), ("016977 2345", "0169772345"),
        ]
        for (text, digits) in written { #expect(Telephone(text)?.dialled == digits, "\(text)") }
        #expect(Telephone(" 020\t7946  0123 ")?.text == "020 7946 0123")
    }

    @Test(
        "What is not a number of the United Kingdom is none",
        arguments: [
            "", "999", "the office", "7946 0123", "00 44 20 7946 0123", "+33 1 23 45 67 89", "020 7946 01234 5", "020 7946 012",
            "call 020 7946 0123", "０２０ ７９４６ ０１２３", "020 7946 0123" + String(repeating: " and more", count: 8),
        ])
    func refusesTheRest(text: String) {
        #expect(Telephone(text) == nil)
    }

    @Test("Numbers kept for films are known, and their neighbours are not taken for them")
    func knowsInventedNumbers() throws {
        for text in ["020 7946 0999", "01632 960123", "0161 496 0000", "07700 900982", "+44 7700 900000", "03069 990001", "0808 157 0123"] {
            #expect(try #require(Telephone(text)).isInvented, "\(text)")
        }
        for text in ["020 7946 1999", "020 8430 2000", "0161 234 5678", "07700 901000"] {
            #expect(!(try #require(Telephone(text)).isInvented), "\(text)")
        }
    }
}
