public import Identity
internal import Store

extension Network {
    /// What this room seals with the installation's key: the codes of signing events, to be printed again.
    public static let sealed: [SealedColumn] = [SealedColumn("signing_event.code_sealed", in: "signing_event", "code_sealed")]
}
