-- What the OpenID Provider keeps: its keys, its clients, consents, and everything that is under way.

create table identity.provider_key (
  kid         text primary key check (length(kid) between 10 and 100),
  kind        text not null check (kind in ('EC', 'RSA', 'OKP')),
  state       text not null check (state in ('next', 'current', 'retired')),
  private_key bytea not null,
  created_at  timestamptz not null default now(),
  retired_at  timestamptz,
  check ((state = 'retired') = (retired_at is not null))
);
comment on table identity.provider_key is 'Keys that sign tokens. The next one is published before it signs, a retired one as long as anything it signed may live.';
comment on column identity.provider_key.private_key is 'Sealed: a private JWK (RFC 7517).';
create unique index provider_key_one_next on identity.provider_key (kind) where state = 'next';
create unique index provider_key_one_current on identity.provider_key (kind) where state = 'current';
grant select, insert, delete on identity.provider_key to app;
grant update (state, retired_at) on identity.provider_key to app;

create table identity.client (
  id           text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$'),
  name         jsonb not null,
  organisation text check (length(organisation) <= 60),
  owner_id     text references identity.person,
  metadata     jsonb not null default '{}',
  secret       bytea,
  high_risk    boolean not null default false,
  channel      text check (length(channel) <= 60),
  state        text not null check (state in ('sandbox', 'live', 'suspended')),
  from_pack    boolean not null default false,
  created_at   timestamptz not null default now(),
  changed_at   timestamptz not null default now()
);
comment on table identity.client is 'Programs that people sign in to, or that ask for tokens of their own (OAuth 2.0).';
comment on column identity.client.metadata is 'As in RFC 7591, without the secret and without what follows from high_risk.';
comment on column identity.client.secret is 'Sealed: the client secret, where it authenticates by one.';
comment on column identity.client.high_risk is 'Held to FAPI 2.0: pushed requests, sender-constrained tokens, authentication by key.';
comment on column identity.client.channel is 'The channel of the pack whose platform this is, for which subjects are salted by binding.';
create index client_by_owner on identity.client (owner_id);
grant select, insert, update on identity.client to app;

create table identity.client_error (
  id        bigint generated always as identity primary key,
  client_id text not null references identity.client,
  at        timestamptz not null default now(),
  route     text not null check (length(route) <= 60),
  error     text not null check (length(error) <= 100),
  reason    text not null check (length(reason) <= 500),
  request   text check (length(request) <= 60)
);
comment on table identity.client_error is 'The last refusals of each client, for its developer. Holds what the specification says is wrong, and nothing of a person.';
create index client_error_by_client on identity.client_error (client_id, id);
grant select, insert, delete on identity.client_error to app;

create table identity.consent (
  id           uuid primary key default gen_random_uuid(),
  person_id    text not null references identity.person,
  client_id    text not null check (length(client_id) <= 100),
  scopes       text[] not null,
  fields       text[] not null default '{}',
  receipt      jsonb not null,
  given_at     timestamptz not null default now(),
  expires_at   timestamptz,
  withdrawn_at timestamptz
);
comment on table identity.consent is 'What a person agreed that a client may be told, until it expires or is withdrawn.';
comment on column identity.consent.receipt is 'The sentences that were shown, the service as it was named, the language, and the purpose.';
create unique index consent_once on identity.consent (person_id, client_id) where withdrawn_at is null;
grant select, insert on identity.consent to app;
grant update (withdrawn_at) on identity.consent to app;

create table identity.provider_record (
  model          text not null check (length(model) <= 60),
  id             bytea not null check (octet_length(id) = 32),
  payload        jsonb not null,
  secret         bytea not null,
  grant_id       bytea check (octet_length(grant_id) = 32),
  uid            bytea check (octet_length(uid) = 32),
  account_id     text,
  session_handle uuid references identity.session (handle) on delete cascade,
  consumed_at    timestamptz,
  expires_at     timestamptz not null,
  primary key (model, id)
);
comment on table identity.provider_record is 'Requests, codes, grants, tokens and sessions of the OpenID Provider. Identifiers are bearer secrets: kept as SHA-256, and sealed.';
comment on column identity.provider_record.secret is 'Sealed: the identifier itself, which the library needs back.';
comment on column identity.provider_record.session_handle is 'The signed-in browser under which a session of the provider began; it ends with that.';
create index provider_record_by_grant on identity.provider_record (grant_id) where grant_id is not null;
create index provider_record_by_uid on identity.provider_record (uid) where uid is not null;
create index provider_record_by_session on identity.provider_record (session_handle) where session_handle is not null;
create index provider_record_by_account on identity.provider_record (account_id) where model in ('Grant', 'BackchannelAuthenticationRequest');
create index provider_record_by_expiry on identity.provider_record (expires_at);
grant select, insert, update, delete on identity.provider_record to app;
