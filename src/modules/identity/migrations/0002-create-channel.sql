-- Foreign platforms whose people sign in here, and at which ours sign in.

create table identity.channel (
  id          text primary key check (length(id) <= 60),
  protocol    text not null check (protocol in ('openid', 'envelope')),
  address     text not null check (length(address) <= 2000),
  client_id   text not null check (length(client_id) <= 200),
  secret      bytea,
  peer_key    text check (length(peer_key) <= 2000),
  signing_key bytea,
  open        boolean not null default false,
  changed_at  timestamptz not null default now(),
  changed_by  text not null
);
comment on table identity.channel is 'How a channel of the pack is reached: what the operator agreed with the other platform.';
comment on column identity.channel.address is 'The issuer of an OpenID Provider, or the page that answers with an envelope.';
comment on column identity.channel.secret is 'Sealed: the client secret at an OpenID Provider.';
comment on column identity.channel.peer_key is 'The SM2 public key of the other side, PEM.';
comment on column identity.channel.signing_key is 'Sealed: our SM2 private key for this channel.';
grant select, insert, update on identity.channel to app;

create table identity.channel_order (
  id         bytea primary key check (octet_length(id) = 32),
  channel    text not null references identity.channel,
  browser    bytea not null check (octet_length(browser) = 32),
  secrets    bytea not null,
  next       text not null check (length(next) <= 4096),
  returned   bytea,
  used_at    timestamptz,
  expires_at timestamptz not null
);
comment on table identity.channel_order is 'A person on the way to another platform and back: good once, for the browser that began it, for ten minutes.';
comment on column identity.channel_order.id is 'SHA-256 of `state`.';
comment on column identity.channel_order.browser is 'SHA-256 of what the cookie of this browser holds.';
comment on column identity.channel_order.secrets is 'Sealed: nonce and code verifier.';
comment on column identity.channel_order.returned is 'Sealed: who came back, until the person says which account that is.';
create index channel_order_by_browser on identity.channel_order (browser);
create index channel_order_by_expiry on identity.channel_order (expires_at);
grant select, insert, update, delete on identity.channel_order to app;

create table identity.channel_binding (
  id         uuid primary key default gen_random_uuid(),
  channel    text not null references identity.channel,
  direction  text not null check (direction in ('inbound', 'outbound')),
  person_id  text not null references identity.person,
  subject    bytea check (octet_length(subject) = 32),
  salt       bytea check (octet_length(salt) = 32),
  level      text not null check (length(level) <= 60),
  bound_at   timestamptz not null default now(),
  used_at    timestamptz not null default now(),
  unbound_at timestamptz,
  check ((direction = 'inbound') = (subject is not null)),
  check ((direction = 'outbound') = (salt is not null))
);
comment on table identity.channel_binding is 'That an account here and one at another platform belong to the same person, by consent, until unlinked.';
comment on column identity.channel_binding.subject is 'Keyed hash of who the person is over there; their identifier itself is not kept.';
comment on column identity.channel_binding.salt is 'Random: who the person is here, as the other platform is told. A new binding makes another, so that the two cannot be joined.';
comment on column identity.channel_binding.level is 'Their level as they name it, when last used.';
create unique index channel_binding_inbound_once on identity.channel_binding (channel, subject) where unbound_at is null and direction = 'inbound';
create unique index channel_binding_outbound_once on identity.channel_binding (channel, person_id) where unbound_at is null and direction = 'outbound';
create index channel_binding_by_person on identity.channel_binding (person_id);
grant select, insert on identity.channel_binding to app;
grant update (level, used_at, unbound_at) on identity.channel_binding to app;
