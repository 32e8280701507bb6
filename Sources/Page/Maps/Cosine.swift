#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The cosine of an angle in degrees; the one thing the page kit needs from the system's mathematics.
func cosine(degrees: Double) -> Double { cos(degrees * .pi / 180) }
