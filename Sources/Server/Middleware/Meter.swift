internal import Foundation
internal import Store

/// Counts answers and how long they took, for a monitoring program to fetch.
///
/// The labels are method, route pattern and status, all from short lists of ours: a client cannot make them grow.
final class Meter: Sendable {
    struct Key: Hashable, Sendable {
        let method: String
        let route: String
        let status: Int
    }

    /// How many answers took at most so many seconds, their sum and their number.
    struct Times: Sendable {
        var buckets = [Int](repeating: 0, count: Meter.limits.count)
        var sum = 0.0
        var count = 0
    }

    private struct State {
        var answers: [Key: Int] = [:]
        var times: [String: Times] = [:]
    }

    /// Upper ends of the buckets, in seconds.
    static let limits: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let state = Locked(State())

    func count(_ key: Key, seconds: Double) {
        state.withLock { state in
            state.answers[key, default: 0] += 1
            var times = state.times[key.route] ?? Times()
            for (index, limit) in Meter.limits.enumerated() where seconds <= limit { times.buckets[index] += 1 }
            times.sum += seconds
            times.count += 1
            state.times[key.route] = times
        }
    }

    /// The figures in Prometheus' text form, version 0.0.4.
    func text(residentBytes: Int?) -> String {
        let state = state.withLock { $0 }
        var lines: [String] = [
            "# HELP eyhub_answers_total Answers given.", "# TYPE eyhub_answers_total counter",
        ]
        for (key, count) in state.answers.sorted(by: {
            ($0.key.route, $0.key.status, $0.key.method) < ($1.key.route, $1.key.status, $1.key.method)
        }) {
            lines.append(
                "eyhub_answers_total{method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\"} \(count)"
            )
        }
        lines += ["# HELP eyhub_answer_seconds Time to answer.", "# TYPE eyhub_answer_seconds histogram"]
        for (route, times) in state.times.sorted(by: { $0.key < $1.key }) {
            for (limit, count) in zip(Meter.limits, times.buckets) {
                lines.append("eyhub_answer_seconds_bucket{route=\"\(route)\",le=\"\(limit)\"} \(count)")
            }
            lines.append("eyhub_answer_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(times.count)")
            lines.append("eyhub_answer_seconds_sum{route=\"\(route)\"} \(times.sum)")
            lines.append("eyhub_answer_seconds_count{route=\"\(route)\"} \(times.count)")
        }
        if let residentBytes {
            lines += [
                "# HELP process_resident_memory_bytes Memory held.", "# TYPE process_resident_memory_bytes gauge",
                "process_resident_memory_bytes \(residentBytes)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The memory this process holds, where the system tells (Linux).
    static func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
