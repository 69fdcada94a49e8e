-- Which document proves a person, how a proof was reached, and how often somebody tried.

create table identity.identity_document (
  id            uuid primary key default gen_random_uuid(),
  person_id     text not null references identity.person,
  kind          text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 60),
  number_lookup bytea not null check (length(number_lookup) = 32),
  sealed        bytea not null check (length(sealed) <= 2000),
  bound_at      timestamptz not null default now(),
  released_at   timestamptz
);
comment on table identity.identity_document is 'Identity documents by which a person is proven. Number, birth date and names are sealed by the vault; a keyed hash finds a number again.';
comment on column identity.identity_document.number_lookup is 'HMAC of kind and number under a key that is not in the database.';
create unique index identity_document_in_one_account on identity.identity_document (number_lookup) where released_at is null;
create index identity_document_by_person on identity.identity_document (person_id);
grant select, insert on identity.identity_document to app;
grant update (released_at) on identity.identity_document to app;

alter table identity.proof
  add column document_id uuid references identity.identity_document,
  add column withdrawn_by text,
  add column withdrawn_reason text check (withdrawn_reason ~ '^[a-z]+(-[a-z]+)*$'),
  add column warned_at timestamptz,
  add constraint proof_withdrawn_with_reason check ((withdrawn_by is null) = (withdrawn_reason is null));
comment on column identity.proof.warned_at is 'When the person was told that it ends soon.';
grant update (withdrawn_by, withdrawn_reason, warned_at) on identity.proof to app;

create table identity.proof_draft (
  person_id  text primary key references identity.person,
  version    uuid not null default gen_random_uuid(),
  sealed     bytea not null check (length(sealed) <= 8000),
  state      text not null default 'filling'
             check (state in ('filling', 'asking', 'match', 'no-match', 'not-current', 'unavailable', 'taken', 'other-person')),
  updated_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table identity.proof_draft is 'What a person has typed of their document so far, sealed, until the register has answered or a day has gone.';
comment on column identity.proof_draft.version is 'New with every change: what was shown before sending is what is sent, and two clicks ask once.';
grant select, insert, update, delete on identity.proof_draft to app;

create table identity.proof_try (
  id              bigint generated always as identity primary key,
  person_id       text not null references identity.person,
  document_lookup bytea not null check (length(document_lookup) = 32),
  address_lookup  bytea not null check (length(address_lookup) = 32),
  tried_at        timestamptz not null default now(),
  outcome         text not null default 'asking'
                  check (outcome in ('asking', 'match', 'no-match', 'not-current', 'unavailable', 'taken', 'other-person'))
);
comment on table identity.proof_try is 'Questions to the population register, so that nobody finds a birth date by trying. Document and network address are keyed hashes.';
create index proof_try_by_person on identity.proof_try (person_id, tried_at);
create index proof_try_by_document on identity.proof_try (document_lookup, tried_at);
create index proof_try_by_address on identity.proof_try (address_lookup, tried_at);
grant select, insert, delete on identity.proof_try to app;
grant update (outcome) on identity.proof_try to app;

create table identity.counter_code (
  id           uuid primary key default gen_random_uuid(),
  person_id    text not null references identity.person,
  code_lookup  bytea not null check (length(code_lookup) = 32),
  sealed       bytea not null check (length(sealed) <= 200),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  used_at      timestamptz,
  outcome      text check (outcome in ('proven', 'refused', 'replaced')),
  reason       text check (reason ~ '^[a-z]+(-[a-z]+)*$'),
  officer      text,
  organisation text,
  constraint counter_code_used_with_outcome check ((used_at is null) = (outcome is null)),
  constraint counter_code_not_by_oneself check (officer <> person_id)
);
comment on table identity.counter_code is 'Codes that a person brings to a counter; an officer types one to find the account. Each is good once, until it expires.';
create unique index counter_code_once on identity.counter_code (code_lookup) where used_at is null;
create unique index counter_code_open_once on identity.counter_code (person_id) where used_at is null;
grant select, insert on identity.counter_code to app;
grant update (used_at, outcome, reason, officer, organisation) on identity.counter_code to app;
