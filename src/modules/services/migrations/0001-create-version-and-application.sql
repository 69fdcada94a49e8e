-- Definitions of services as they were published, and what people apply for by them.
create table services.version (
  hash        bytea primary key check (length(hash) = 32),
  service     text not null check (service ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(service) <= 60),
  definition  jsonb not null,
  created_at  timestamptz not null
);
comment on table services.version is 'Definitions that were ever published. Append-only: an application keeps its version for life.';
comment on column services.version.hash is 'SHA-256 of the canonical JSON (RFC 8785) of the definition, so that the same content is one version.';
grant select, insert on services.version to app;

create table services.publication (
  service       text not null,
  number        integer not null check (number >= 1),
  version       bytea not null references services.version,
  published_at  timestamptz not null,
  published_by  text check (length(published_by) <= 60),
  primary key (service, number)
);
comment on table services.publication is 'Which version of a service counted from when on: the last one counts. Append-only.';
comment on column services.publication.published_by is 'The officer who published it; null where it came with the pack.';
grant select, insert on services.publication to app;

create table services.application (
  id              uuid primary key,
  service         text not null,
  version         bytea not null references services.version,
  person_id       text check (length(person_id) <= 60),
  organisation    text check (length(organisation) <= 60),
  browser_hash    bytea check (length(browser_hash) = 32),
  state           text not null default 'draft' constraint application_state check (state in ('draft', 'sent')),
  revision        integer not null default 0,
  sealed_typed    bytea not null,
  language        text not null check (language in ('en', 'zh-Hant', 'zh-Hans')),
  begun_at        timestamptz not null,
  changed_at      timestamptz not null,
  expires_at      timestamptz,
  reference       text constraint application_reference_is_unique unique
                  check (reference ~ '^[A-Z]{2,4}-[2-9A-Z]{5}-[2-9A-Z]{5}$'),
  sealed_answers  bytea,
  sent_at         timestamptz,
  return_number   text constraint application_return_number_is_unique unique
                  check (return_number ~ '^[A-Z]{2,4}-[2-9A-Z]{5}-[2-9A-Z]{5}$'),
  return_code     bytea check (length(return_code) = 32),
  constraint application_belongs_to_somebody check (person_id is not null or browser_hash is not null),
  constraint application_is_sent_whole check ((state = 'sent') = (reference is not null and sent_at is not null and sealed_answers is not null)),
  constraint application_draft_expires check ((state = 'draft') = (expires_at is not null))
);
comment on table services.application is 'What a person applies for: a draft until it is sent, and then as it was sent.';
comment on column services.application.browser_hash is 'SHA-256 of the secret that the browser of somebody who is not signed in holds.';
comment on column services.application.revision is 'Counts changes of a draft, so that two tabs never undo each other.';
comment on column services.application.sealed_typed is 'What was typed, also where it is no answer yet; sealed by the vault.';
comment on column services.application.sealed_answers is 'The answers that were sent, frozen; sealed by the vault.';
comment on column services.application.return_number is 'By which somebody without an account comes back to a draft; after it was sent, the reference does the same.';
comment on column services.application.return_code is 'Keyed hash of the code that goes with the number. It counts once.';
create index application_of_person on services.application (person_id, changed_at desc) where person_id is not null;
create index application_that_expires on services.application (expires_at) where expires_at is not null;
grant select, insert, update, delete on services.application to app;

create table services.part (
  application    uuid not null references services.application on delete cascade,
  party          text not null check (length(party) <= 60),
  code           bytea check (length(code) = 32),
  person_id      text check (length(person_id) <= 60),
  browser_hash   bytea check (length(browser_hash) = 32),
  revision       integer not null default 0,
  sealed_typed   bytea not null,
  invited_at     timestamptz not null,
  signed_at      timestamptz,
  signed_digest  text check (length(signed_digest) <= 60),
  primary key (application, party)
);
comment on table services.part is 'Pages of an application that somebody else answers, by a code that the applicant hands over.';
comment on column services.part.code is 'Keyed hash of the code; none when it was used.';
comment on column services.part.sealed_typed is 'What that person typed, sealed by the vault as a draft is.';
comment on column services.part.signed_digest is 'Of the answers of the applicant and of the part when it was signed: where they are others now, it must be signed again.';
create unique index part_by_code on services.part (code) where code is not null;
grant select, insert, update, delete on services.part to app;
