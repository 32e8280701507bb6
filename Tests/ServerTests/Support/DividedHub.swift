import House
import Store
import StoreTestKit

@testable import Server

/// Areas in force for a hub of ``PlacedSettings``, made as a published plan makes them.
enum DividedHub {
    /// Ends the plan before and puts these areas in force; their ids begin with the plan's own.
    static func divide(_ house: TestHouse, hub: String = "h1", plan: String = "p1", _ names: [String]) async throws {
        try await house.tools.database.write { session in
            if try session.count("select count(*) from scheme where hub_id = \(hub)") == 0 {
                try session.run(
                    """
                    insert into scheme (id, hub_id, name, word, divides, created_at)
                    values (\("scheme-\(hub)"), \(hub), 'Mini-hubs', 'mini-hub', 'wards', '2026-01-01T00:00:00Z')
                    """)
            }
            try session.run(
                "update plan set to_day = '2026-06-01', status = 'retired' where scheme_id = \("scheme-\(hub)") and to_day is null")
            try session.run(
                """
                insert into plan (id, scheme_id, name, status, from_day, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
                values (\(plan), \("scheme-\(hub)"), \(plan), 'published', \(plan == "p1" ? "2026-01-01" : "2026-06-01"), 'settings', 0.2, 1,
                    '', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                """)
            for (index, name) in names.enumerated() {
                try session.run(
                    """
                    insert into area (id, plan_id, name, position, is_base_locked) values (\("\(plan)-a\(index + 1)"), \(plan), \(name), \(index), 0)
                    """)
            }
        }
    }
}
