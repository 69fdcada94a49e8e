-- What a person signs in with: passkeys, the challenges that they answer, recovery codes, and how often somebody guessed.

create table identity.passkey (
  id           text primary key check (id ~ '^[A-Za-z0-9_-]+$' and length(id) <= 1366),
  handle       uuid not null default gen_random_uuid() constraint passkey_handle_once unique,
  person_id    text not null references identity.person,
  public_key   bytea not null check (octet_length(public_key) <= 4096),
  counter      bigint not null check (counter between 0 and 4294967295),
  transports   text[] not null,
  synced       boolean not null,
  backed_up    boolean not null,
  aaguid       uuid not null,
  name         text not null check (length(name) between 1 and 60),
  created_at   timestamptz not null,
  known_at     timestamptz not null check (known_at >= created_at),
  last_used_at timestamptz,
  locked_at    timestamptz,
  removed_at   timestamptz
);
comment on table identity.passkey is 'Passkeys of people, removed ones too. `id` is the credential ID in base64url; `handle` names a passkey in addresses.';
comment on column identity.passkey.public_key is 'The public key as the authenticator gave it (COSE_Key, RFC 9052).';
comment on column identity.passkey.counter is 'The signature counter last seen. One that does not grow tells of a copy (WebAuthn §6.1.1); 0 where there is none.';
comment on column identity.passkey.synced is 'Whether it may be copied to other devices of its person (backup eligible, WebAuthn §6.1.3).';
comment on column identity.passkey.known_at is 'From when it may be used for high-risk scopes: at once, or a day after it was added from a recovery.';
comment on column identity.passkey.locked_at is 'When a copy of it was noticed. It signs nobody in from then on.';
create index passkey_by_person on identity.passkey (person_id);
grant select, insert on identity.passkey to app;
grant update (counter, backed_up, name, last_used_at, locked_at, removed_at) on identity.passkey to app;

create table identity.challenge (
  id         uuid primary key,
  purpose    text not null check (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  subject    text not null check (length(subject) <= 200),
  person_id  text,
  challenge  text not null,
  name       bytea check (octet_length(name) <= 1000),
  expires_at timestamptz not null
);
comment on table identity.challenge is 'What a passkey is asked to sign. Deleted by the answer, so that each counts once; good for one purpose and subject.';
comment on column identity.challenge.person_id is 'Whose passkeys may answer; null for anybody’s. Of an account that is being opened it is in no other table yet.';
comment on column identity.challenge.name is 'How who opens an account wants to be addressed, sealed by the vault.';
create index challenge_by_expiry on identity.challenge (expires_at);
grant select, insert, delete on identity.challenge to app;

create table identity.recovery_code (
  lookup       bytea primary key check (octet_length(lookup) = 32),
  person_id    text not null references identity.person,
  created_at   timestamptz not null,
  used_at      timestamptz,
  withdrawn_at timestamptz,
  check (used_at is null or withdrawn_at is null)
);
comment on table identity.recovery_code is 'Recovery codes, each good once. `lookup` is the vault’s keyed hash of the code, by which it names its person; a copy of this table signs nobody in.';
comment on column identity.recovery_code.withdrawn_at is 'When newer codes took its place, or the account was closed.';
create index recovery_code_by_person on identity.recovery_code (person_id);
grant select, insert on identity.recovery_code to app;
grant update (used_at, withdrawn_at) on identity.recovery_code to app;

create table identity.attempt (
  key     bytea primary key check (octet_length(key) = 32),
  count   integer not null check (count >= 0),
  last_at timestamptz not null
);
comment on table identity.attempt is 'How often a network address tried what must not be tried without end. `key` is a keyed hash of kind and address; no account stands here, so nobody can lock another out.';
create index attempt_by_age on identity.attempt (last_at);
grant select, insert, update, delete on identity.attempt to app;

alter table identity.session add column passkey_id text references identity.passkey;
comment on column identity.session.passkey_id is 'The passkey that last proved the person to be there; null for another way.';
create index session_by_passkey on identity.session (passkey_id) where passkey_id is not null;
