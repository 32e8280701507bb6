internal import Files

/// A field of ours that a list's column can be.
public enum ListField: String, Sendable, CaseIterable {
    case id, urn, name, type, address, town, postcode, ward, places, contact, telephone, email, website, note, ages

    /// What it is called on the mapping page.
    public var label: String {
        switch self {
        case .id: "Their own number"
        case .urn: "Ofsted or school number (URN)"
        case .name: "Name"
        case .type: "Kind of setting"
        case .address: "Address"
        case .town: "Town"
        case .postcode: "Postcode"
        case .ward: "Ward (name or code)"
        case .places: "Places"
        case .contact: "Person to contact"
        case .telephone: "Telephone"
        case .email: "E-mail"
        case .website: "Website"
        case .note: "Notes"
        case .ages: "Ages"
        }
    }

    /// The names such columns have gone under, as `HeaderSpec` compares them; the likeliest first.
    var aliases: [String] {
        switch self {
        case .id:
            ["ref", "reference", "ref.", "ref no", "ref no.", "our ref", "record id", "id no", "number", "setting id"]
        case .urn:
            [
                "ofsted no. (if any)", "ofsted no", "ofsted no.", "ofsted number", "ofsted urn", "ofsted", "ofsted ref",
                "ofsted reference", "provider urn", "urn/ofsted", "school urn", "reg no", "registration number",
            ]
        case .name:
            [
                "name of provision", "setting name", "setting", "provider name", "provider", "name of setting",
                "name of provider", "group name", "group", "organisation", "organisation name", "title", "nursery",
                "establishmentname", "service name", "service",
            ]
        case .type:
            [
                "what is it?", "what is it", "kind", "kind of setting", "setting type", "provider type",
                "type of provision",
                "provision type", "type of setting", "category", "service type", "type of provider",
            ]
        case .address: ["address 1", "address line 1", "full address", "street", "street address", "venue", "location"]
        case .town: ["post town", "town/city", "city", "area"]
        case .postcode: ["p/code", "post code", "pcode", "postal code", "post-code", "pc", "provider postcode"]
        case .ward: ["ward name", "ward code", "ward_code", "electoral ward"]
        case .places:
            [
                "no. of chn", "no of places", "number of places", "registered places", "capacity", "no. of places",
                "places registered", "total places", "no of children", "number of children",
            ]
        case .contact: ["contact name", "contact person", "manager", "lead", "owner", "named contact"]
        case .telephone:
            ["tel.", "tel", "telephone number", "telephone no", "phone", "phone number", "tel no", "contact number"]
        case .email: ["e-mail", "email address", "e-mail address", "contact email", "mail"]
        case .website: ["web", "web site", "url", "web address", "www"]
        case .note:
            ["notes / opening", "notes", "comments", "comment", "opening", "opening times", "remarks", "description"]
        case .ages: ["ages (yrs)", "age range", "age group", "ages (years)", "age"]
        }
    }
}
