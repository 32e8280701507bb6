package import Civil
package import Page

extension FormReader {
    /// A day somebody may leave out; one that cannot be read is said on the page.
    package mutating func day(_ name: String) -> Civil.Day? {
        optionalDate(name).flatMap { Civil.Day(year: $0.year, month: $0.month, day: $0.day) }
    }
}
