import Foundation

/// Holds a JSON value against the schema that describes it, as far as `/api/openapi.json` uses JSON Schema.
enum JSONShape {
    static func read(_ bytes: [UInt8]) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    }

    /// What of the value is not as described; an undescribed member of an object is a fault too.
    static func faults(_ value: Any, _ schema: [String: Any], at place: String = "") -> [String] {
        if let all = schema["allOf"] as? [[String: Any]] {
            // An object that is not always there is null.
            return value is NSNull ? [] : all.flatMap { faults(value, $0, at: place) }
        }
        let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
        let kind = kind(of: value)
        let fits = types.isEmpty || types.contains(kind) || (kind == "integer" && types.contains("number"))
        if !fits {
            // An empty array that is not known is null as well.
            return types == ["array"] && kind == "null"
                ? [] : ["\(place) is \(kind), not \(types.joined(separator: " or "))"]
        }
        if let object = value as? [String: Any] { return objectFaults(object, schema, at: place) }
        if let array = value as? [Any], let items = schema["items"] as? [String: Any], items["type"] != nil {
            return array.flatMap { faults($0, items, at: place + "[]") }
        }
        return []
    }

    private static func objectFaults(_ object: [String: Any], _ schema: [String: Any], at place: String) -> [String] {
        guard let properties = schema["properties"] as? [String: [String: Any]], !properties.isEmpty else { return [] }
        let required = schema["required"] as? [String] ?? []
        let missing = required.filter { object[$0] == nil }.map { "\(place).\($0) is missing" }
        return missing
            + object.flatMap { name, value in
                properties[name].map { faults(value, $0, at: "\(place).\(name)") } ?? [
                    "\(place).\(name) is not described"
                ]
            }
    }

    private static func kind(of value: Any) -> String {
        switch value {
        case is NSNull: return "null"
        case is [Any]: return "array"
        case is [String: Any]: return "object"
        case is String: return "string"
        case let number as NSNumber:
            if CFBoolean.isBoolean(number) { return "boolean" }
            return number.doubleValue == number.doubleValue.rounded() ? "integer" : "number"
        default: return "unknown"
        }
    }
}

/// Foundation on Linux gives numbers and truth values in one type.
private enum CFBoolean {
    static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
