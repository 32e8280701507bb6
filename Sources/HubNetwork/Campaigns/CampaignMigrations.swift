internal import Store

/// The tables of campaigns, and of what a contact said before it was corrected.
enum CampaignMigrations {
    static let all: [Migration] = [Migration(room: "Network", number: 6, name: "campaigns", campaigns)]

    private static let campaigns: [SQL] = [
        """
        create table campaign (
            id text primary key, hub_id text not null, title text not null, purpose text, asks text not null, from_day text not null,
            to_day text, made_at text not null, by_whom text not null, version \(.integer) not null, edition \(.integer) not null,
            closed_at text, closed_by text, result text, check (to_day is null or to_day >= from_day),
            check ((closed_at is null) = (closed_by is null))
        )\(.strict)
        """,
        "create index campaign_hub on campaign (hub_id, closed_at)",
        // People and services who are invited and are no setting: health visitors, family support, brokerage.
        """
        create table campaign_partner (
            id text primary key, hub_id text not null, name text not null, organisation text not null, email text, telephone text,
            sector text not null, made_at text not null, by_whom text not null, used_at text not null
        )\(.strict)
        """,
        "create index campaign_partner_hub on campaign_partner (hub_id)",
        """
        create table campaign_target (
            id text primary key, campaign_id text not null references campaign (id), hub_id text not null, setting_id text,
            partner_id text references campaign_partner (id), caller_id text, added_at text not null, by_whom text not null,
            removed_at text, check ((setting_id is null) <> (partner_id is null))
        )\(.strict)
        """,
        "create unique index campaign_target_setting on campaign_target (campaign_id, setting_id) where setting_id is not null",
        "create unique index campaign_target_partner on campaign_target (campaign_id, partner_id) where partner_id is not null",
        "create index campaign_target_caller on campaign_target (caller_id) where caller_id is not null",
        "create index campaign_target_at on campaign_target (setting_id) where setting_id is not null",
        "create index campaign_target_of on campaign_target (partner_id) where partner_id is not null",
        // A contact that was logged from a campaign. What came of it stands in the contact itself.
        """
        create table campaign_call (
            contact_id text primary key references contact (id), campaign_id text not null references campaign (id),
            target_id text not null references campaign_target (id), reason text
        )\(.keyed)
        """,
        "create index campaign_call_of on campaign_call (campaign_id)",
        """
        create table campaign_letter (
            campaign_id text not null references campaign (id), edition \(.integer) not null, subject text not null, words text not null,
            changed_at text not null, by_whom text not null, primary key (campaign_id, edition)
        )\(.keyed)
        """,
        // One line for each invitation that left: never twice to one target in one edition and way.
        """
        create table campaign_post (
            id text primary key, campaign_id text not null references campaign (id), target_id text not null references campaign_target (id),
            edition \(.integer) not null, way text not null check (way in ('email', 'paper')), address text, letter_id text,
            stop_key text not null, day text not null, at text not null, by_whom text not null, unique (target_id, edition, way)
        )\(.strict)
        """,
        "create index campaign_post_of on campaign_post (campaign_id)",
        "create unique index campaign_post_key on campaign_post (stop_key)",
        // Addresses that want no more of a hub's invitations.
        """
        create table campaign_stop (
            hub_id text not null, address text not null, at text not null, primary key (hub_id, address)
        )\(.keyed)
        """,
        "alter table contact add column version \(.integer) not null default 1",
        """
        create table contact_was (
            id text primary key, contact_id text not null references contact (id), version \(.integer) not null, at text not null,
            by_whom text not null, how text not null, day text not null, purpose text, with_person text, outcome text not null, note text,
            is_shared \(.integer) not null, next_step text, next_day text, next_person text, settings text not null,
            unique (contact_id, version)
        )\(.strict)
        """,
        "create index contact_was_with on contact_was (with_person) where with_person is not null",
    ]
}
