-- Who a person is, how we know, what they may do for whom, and where they are signed in.

create table identity.person (
  id            text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 60),
  name          jsonb not null,
  demonstration boolean not null default false,
  created_at    timestamptz not null default now(),
  closed_at     timestamptz
);
comment on table identity.person is 'Everybody with an account. Identifiers are random, or those of the pack for made-up people, and are never reused.';
comment on column identity.person.name is 'How the person is addressed, in each language; what is proven of a name stands in the proof.';
comment on column identity.person.demonstration is 'A made-up person of the pack, as whom anybody may sign in while the installation is a demonstration.';
grant select, insert, update on identity.person to app;

create table identity.proof (
  id           bigint generated always as identity primary key,
  person_id    text not null references identity.person,
  level        smallint not null check (level between 2 and 3),
  method       text not null check (method ~ '^[a-z]+(-[a-z]+)*$'),
  proven_at    timestamptz not null default now(),
  expires_at   timestamptz not null,
  withdrawn_at timestamptz,
  officer      text,
  organisation text,
  check (expires_at > proven_at)
);
comment on table identity.proof is 'How a level of assurance was reached, by whom it was seen, and until when it counts. Level 1 needs none.';
comment on column identity.proof.officer is 'Identifier of the person who saw the document at a counter.';
create index proof_by_person on identity.proof (person_id);
grant select, insert on identity.proof to app;
grant update (withdrawn_at) on identity.proof to app;

create table identity.role_grant (
  id           bigint generated always as identity primary key,
  person_id    text not null references identity.person,
  organisation text not null check (length(organisation) <= 60),
  role         text not null check (role ~ '^[a-z]+(-[a-z]+)*$'),
  granted_by   text not null,
  granted_at   timestamptz not null default now(),
  approved_by  text,
  approved_at  timestamptz,
  expires_at   timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz,
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint role_grant_approved_by_another check (approved_by <> granted_by)
);
comment on table identity.role_grant is 'Which role a person has in which organisation. It counts from its approval (at once for a role that needs no second pair of eyes) to its end.';
comment on column identity.role_grant.granted_by is 'Identifier of the person who granted it, or `pack`.';
create unique index role_grant_once on identity.role_grant (person_id, organisation, role) where withdrawn_at is null;
create index role_grant_by_organisation on identity.role_grant (organisation);
grant select, insert on identity.role_grant to app;
grant update (approved_by, approved_at, expires_at, withdrawn_by, withdrawn_at) on identity.role_grant to app;

create table identity.session (
  id               text primary key check (id ~ '^[0-9a-f]{64}$'),
  handle           uuid not null default gen_random_uuid() constraint session_handle_once unique,
  person_id        text not null references identity.person,
  level_max        smallint not null check (level_max between 1 and 3),
  methods          text[] not null,
  device           text check (length(device) <= 300),
  organisation     text,
  on_behalf_of     text references identity.person,
  authenticated_at timestamptz not null default now(),
  created_at       timestamptz not null default now(),
  expires_at       timestamptz not null
);
comment on table identity.session is 'Signed-in browsers. `id` is the SHA-256 of what the cookie holds, so that a copy of this table signs nobody in; `handle` names a session to its person.';
comment on column identity.session.level_max is 'The level that the way of signing in can carry; the person may have proven more.';
comment on column identity.session.methods is 'Values of amr (RFC 8176), and `demo` for a made-up person.';
comment on column identity.session.organisation is 'For which organisation the person acts; null for themselves.';
create index session_by_person on identity.session (person_id);
create index session_by_expiry on identity.session (expires_at);
grant select, insert, update, delete on identity.session to app;
