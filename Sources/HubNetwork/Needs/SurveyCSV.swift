internal import Files
internal import House

/// What is shown of a survey, as a table: hidden where the page hides it.
enum SurveyCSV {
    static func bytes(_ reading: SurveyReading) -> [UInt8] {
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(["Question", "Choice", "Sector", "People who answered", "Count", "Mean 1 to 5"])
        for result in reading.results {
            let words = CSVWriter.Field.text(result.question.words)
            guard let groups = result.groups else {
                writer.write([words, "", "All", "fewer than 5", "", ""])
                continue
            }
            switch result.question.kind {
            case .scale:
                writer.write([words, "", "All", .number(result.count), "", .optional(rounded(result.mean))])
                for score in result.scores {
                    writer.write([words, "", .text(score.group.name), .number(score.group.count), "", .optional(rounded(score.mean))])
                }
            case .choices:
                for tick in result.ticks {
                    writer.write([words, .text(tick.label), "All", .number(result.count), count(tick.line.total), ""])
                    for (group, cell) in zip(groups, tick.line.cells) {
                        writer.write([words, .text(tick.label), .text(group.name), .number(group.count), count(cell), ""])
                    }
                }
            case .words: writer.write([words, "", "All", .number(result.count), "", ""])
            }
        }
        let line = reading.answered
        for (sector, cell) in zip(reading.turnout, line.cells) {
            writer.write(["Settings that answered", "", .text(sector.sector.short), .number(sector.asked), count(cell), ""])
        }
        return writer.bytes
    }

    private static func count(_ count: Int?) -> CSVWriter.Field { count.map { .number($0) } ?? "hidden" }

    private static func rounded(_ mean: Double?) -> Double? { mean.map { ($0 * 10).rounded() / 10 } }
}
