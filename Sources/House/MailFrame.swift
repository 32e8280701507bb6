public import Page

/// The HTML part of a letter by e-mail: a bar with the sender's name in the hub's colour, and the words below.
///
/// Nothing is loaded from elsewhere, so opening a letter tells nobody that it was opened. The bar says both of its colours, so that it
/// can be read whatever ground a mail program has, in the dark too.
public struct MailFrame: Component {
    public var subject: String
    /// The hub's name, or the site's.
    public var sender: String
    /// The ground of the bar, on which white words can be read.
    public var colour: String
    public var content: HTML

    public init(_ subject: String, from look: HubLook?, _ site: Site, content: HTML) {
        self.subject = subject
        sender = look?.name ?? site.name
        colour = look?.colour ?? "#5b2a6e"
        self.content = content
    }

    public var html: HTML {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(subject)</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>\
        <body style="margin:0;padding:0;font-family:Verdana,Arial,sans-serif;font-size:16px;line-height:1.5">\
        <div style="background-color:\(colour);color:#ffffff;font-weight:bold;padding:12px 20px"><bdi>\(sender)</bdi></div>\
        <div style="padding:8px 20px 20px;max-width:640px">\(content)</div></body></html>
        """
    }
}
