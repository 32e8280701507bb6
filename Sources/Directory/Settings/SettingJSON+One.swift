internal import Civil
internal import House

extension SettingJSON {
    /// One setting with its registers, inspections and areas.
    static func one(_ view: SettingView, for audience: Audience) -> JSON {
        let setting = view.setting
        let showsPoint = audience == .staff || !setting.isHome
        var members: [(String, JSON)] = [
            ("id", .string(setting.id)), ("name", .string(setting.title)), ("type", .string(setting.type.rawValue)),
            ("address", .string(setting.address)), ("town", .string(setting.town)), ("postcode", .string(setting.postcode)),
            ("ward_code", .string(setting.wardCode)), ("ward", .string(setting.wardName)),
        ]
        members += [
            ("authority", .string(setting.authorityName)), ("latitude", .number(showsPoint ? setting.latitude : nil)),
            ("longitude", .number(showsPoint ? setting.longitude : nil)), ("places", .int(setting.places)),
            ("registers", .string(setting.registers)), ("status", .string(setting.status.rawValue)),
            ("telephone", .string(setting.telephone)), ("email", .string(setting.email)),
            ("website", .string(setting.website)),
        ]
        members.append(("registrations", .array(view.registrations.filter { $0.urn.register != .list }.map(registration))))
        members.append(("inspections", .array(view.inspections.map(inspection))))
        members.append(
            (
                "areas",
                .array(
                    view.areas.map {
                        .object([
                            ("hub", .string($0.hub.slug)), ("scheme", .string($0.scheme.name)), ("area", .string($0.areaName)),
                            ("area_id", .string($0.areaID)),
                        ])
                    })
            ))
        return .object(members)
    }

    private static func registration(_ registration: Registration) -> JSON {
        .object([
            ("register", .string(registration.urn.register.rawValue)), ("urn", .string(registration.urn.value)),
            ("registered_on", .string(registration.registeredOn?.iso)), ("last_seen", .string(registration.seenDay?.iso)),
            ("gone_since", .string(registration.goneDay?.iso)),
        ])
    }

    private static func inspection(_ line: Inspection) -> JSON {
        .object([
            ("on", .string(line.onDay)), ("framework", .string(line.framework.rawValue)), ("result", .string(line.summary)),
            ("judgements", .object(line.areas.map { ($0.name, JSON.string($0.result)) })),
        ])
    }

    static let oneDescription = APIDescription(
        answer: [
            .init("id", "string", "The setting’s id", required: true),
            .init("name", "string", "Its name; for a childminder, what it is and its ward", required: true),
            .init("type", "string", "What kind of setting", required: true),
            .init("address", "string", "Address; never for a home"), .init("town", "string", "Town; never for a home"),
            .init("postcode", "string", "Postcode; never for a home"), .init("ward_code", "string", "ONS code of its ward"),
            .init("ward", "string", "Name of its ward"), .init("authority", "string", "Name of its local authority"),
            .init("latitude", "number", "Degrees north, WGS84; never for a home"),
            .init("longitude", "number", "Degrees east, WGS84; never for a home"),
            .init("places", "integer", "Registered places; 0 means not recorded"),
            .init("registers", "string", "Ofsted registers it is on: EYR, CCR, VCR"),
            .init("status", "string", "open, gone or closed", required: true),
            .init("telephone", "string", "Only where it agreed to show it"),
            .init("email", "string", "Only where it agreed to show it"),
            .init("website", "string", "Only where it agreed to show it"),
            .init(
                "registrations", "array", "The official registers it is on", required: true,
                fields: [
                    .init("register", "string", "Which register", required: true),
                    .init("urn", "string", "Its number there", required: true),
                    .init("registered_on", "string", "Day it was registered, ISO"),
                    .init("last_seen", "string", "Day of the last edition it was in"),
                    .init("gone_since", "string", "Day of the first edition it was not in"),
                ]),
            .init(
                "inspections", "array", "Inspections, newest first", required: true,
                fields: [
                    .init("on", "string", "Day, ISO"), .init("framework", "string", "The rules it was made under"),
                    .init("result", "string", "Its result in words"), .init("judgements", "object", "Its parts by name"),
                ]),
            .init(
                "areas", "array", "The published areas it is in", required: true,
                fields: [
                    .init("hub", "string", "Short name of the hub"), .init("scheme", "string", "What divides the hub"),
                    .init("area", "string", "Name of the area"), .init("area_id", "string", "Id of the area"),
                ]),
        ])
}
