-- Browsers that wait until a phone signs them in: what the code on the screen names, and how far each has come.

create table identity.phone_order (
  id             text primary key check (id ~ '^[A-Za-z0-9_-]{16}$'),
  browser        text not null constraint phone_order_once_per_browser_token unique check (browser ~ '^[0-9a-f]{64}$'),
  next           text not null check (length(next) <= 4096),
  device         text check (length(device) <= 300),
  network        bytea not null check (octet_length(network) = 32),
  network_local  boolean not null,
  number         smallint not null check (number between 10 and 99),
  started_at     timestamptz not null,
  expires_at     timestamptz not null check (expires_at > started_at),
  person_id      text references identity.person,
  session_handle uuid,
  network_same   boolean,
  claimed_at     timestamptz,
  methods        text[],
  level_max      smallint check (level_max between 1 and 2),
  passkey_id     text references identity.passkey,
  approved_at    timestamptz,
  refused_at     timestamptz,
  refused_for    text check (refused_for in ('refused', 'wrong-number')),
  finished_at    timestamptz,
  constraint phone_order_claimed_by_a_session check (
    (claimed_at is null) = (person_id is null) and (claimed_at is null) = (session_handle is null)
    and (claimed_at is null) = (network_same is null)),
  constraint phone_order_approved_after_claim check (
    (approved_at is null or claimed_at is not null)
    and (approved_at is null) = (methods is null) and (approved_at is null) = (level_max is null)),
  constraint phone_order_refused_or_approved check (
    (refused_at is null) = (refused_for is null) and (refused_at is null or approved_at is null)),
  constraint phone_order_finished_after_approval check (finished_at is null or approved_at is not null)
);
comment on table identity.phone_order is 'Browsers that wait for a phone. The frames of the code are computed from `id` and the time with a key of the vault, so a copy of this table makes no frame.';
comment on column identity.phone_order.browser is 'SHA-256 of what the cookie of the waiting browser holds. Only that browser is signed in.';
comment on column identity.phone_order.network is 'The vault’s keyed hash of the network from which the browser asks, to compare with that of the phone, and to count.';
comment on column identity.phone_order.network_local is 'Whether that network is a private one (RFC 1918, 4193, 6598).';
comment on column identity.phone_order.number is 'What the screen shows once a phone has scanned, and the person types on the phone. One try.';
comment on column identity.phone_order.expires_at is 'Until when the next step may be made: scan, approve, or go on.';
comment on column identity.phone_order.session_handle is 'The session of the phone that scanned. No other may approve.';
comment on column identity.phone_order.network_same is 'Whether the phone scanned from the network of the browser.';
comment on column identity.phone_order.methods is 'Values of amr (RFC 8176) that the browser’s session will carry.';
create index phone_order_by_network on identity.phone_order (network, started_at);
create index phone_order_by_expiry on identity.phone_order (expires_at);
grant select, insert, delete on identity.phone_order to app;
grant update (expires_at, person_id, session_handle, network_same, claimed_at, methods, level_max, passkey_id,
  approved_at, refused_at, refused_for, finished_at) on identity.phone_order to app;
