-- What a person is asked to sign, the keys that sign it, and the signatures; with the small authority that vouches for the keys.

create table identity.signing_authority (
  id          text primary key check (id ~ '^[0-9a-f]{16}$'),
  kind        text not null check (kind in ('root', 'issuing', 'timestamp')),
  issuer_id   text references identity.signing_authority,
  certificate bytea not null check (length(certificate) <= 10000),
  sealed_key  bytea not null,
  begins_at   timestamptz not null,
  ends_at     timestamptz not null,
  created_at  timestamptz not null default now(),
  check ((kind = 'root') = (issuer_id is null)),
  check (ends_at > begins_at)
);
comment on table identity.signing_authority is 'Certificates of the signing authority with their keys: a root, what it lets issue to people, and what it lets put time stamps. The newest of a kind is in use; the older ones are kept for checking what they signed.';
comment on column identity.signing_authority.sealed_key is 'PKCS #8, sealed by the vault under the fingerprint of the certificate.';
grant select, insert on identity.signing_authority to app;

create sequence identity.timestamp_serial as bigint;
comment on sequence identity.timestamp_serial is 'One number for every time stamp of every process; with random bits behind it, so that a database from a backup gives none twice.';
grant usage on sequence identity.timestamp_serial to app;

create table identity.signing_key (
  serial             text primary key check (serial ~ '^[0-9a-f]{32}$'),
  person_id          text not null references identity.person,
  authority_id       text not null references identity.signing_authority,
  certificate        bytea not null check (length(certificate) <= 10000),
  sealed_key         bytea,
  sealed_lattice_key bytea,
  begins_at          timestamptz not null,
  ends_at            timestamptz not null,
  created_at         timestamptz not null default now(),
  revoked_at         timestamptz,
  replaced_at        timestamptz,
  check (ends_at > begins_at),
  constraint signing_key_destroyed_at_its_end
    check ((revoked_at is null and replaced_at is null) = (sealed_key is not null)),
  constraint signing_key_destroyed_whole check (sealed_key is not null or sealed_lattice_key is null)
);
comment on table identity.signing_key is 'A person’s own key for signing and its certificate (RFC 5280). Made at the first signature, never outside the vault but for the moment of signing, destroyed when revoked or replaced.';
comment on column identity.signing_key.sealed_lattice_key is 'An ML-DSA-44 key (FIPS 204), where this Node.js could make one; its public half stands in the certificate.';
create unique index signing_key_in_use_once on identity.signing_key (person_id)
  where revoked_at is null and replaced_at is null;
create index signing_key_by_authority on identity.signing_key (authority_id);
grant select, insert on identity.signing_key to app;
grant update (sealed_key, sealed_lattice_key, revoked_at, replaced_at) on identity.signing_key to app;

create table identity.signing_request (
  id            uuid primary key default gen_random_uuid(),
  kind          text not null check (kind in ('hash', 'pdf')),
  person_id     text references identity.person,
  requested_by  text not null check (length(requested_by) <= 60),
  organisation  text check (length(organisation) <= 60),
  service       text check (length(service) between 1 and 200),
  document_name text not null check (length(document_name) between 1 and 200),
  summary       jsonb not null default '[]' check (jsonb_typeof(summary) = 'array'),
  hash          text not null check (hash ~ '^[0-9a-f]{64}$'),
  bytes         integer check (bytes > 0),
  pages         integer check (pages > 0),
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  declined_at   timestamptz,
  check (expires_at > created_at),
  check ((kind = 'pdf') = (bytes is not null)),
  check ((kind = 'pdf') = (pages is not null))
);
comment on table identity.signing_request is 'What somebody is asked to sign: a document of a department by its hash, or a PDF of their own.';
comment on column identity.signing_request.person_id is 'Whom a department asked; null where it gave out the address alone, and whoever opens it may sign.';
comment on column identity.signing_request.hash is 'SHA-256 of the document.';
create index signing_request_by_person on identity.signing_request (person_id);
create index signing_request_by_organisation on identity.signing_request (organisation);
create index signing_request_by_requester on identity.signing_request (requested_by);
grant select, insert on identity.signing_request to app;
grant update (declined_at) on identity.signing_request to app;

create table identity.signing_document (
  request_id uuid primary key references identity.signing_request,
  sealed     bytea not null,
  expires_at timestamptz not null
);
comment on table identity.signing_document is 'A PDF that waits to be signed, or that was signed and can be fetched for a few days; sealed by the vault, then deleted.';
create index signing_document_by_expiry on identity.signing_document (expires_at);
grant select, insert, update, delete on identity.signing_document to app;

create table identity.signature (
  request_id uuid primary key references identity.signing_request,
  person_id  text not null references identity.person,
  serial     text not null references identity.signing_key,
  cms        bytea not null check (length(cms) <= 100000),
  dual       jsonb,
  signed_at  timestamptz not null,
  created_at timestamptz not null default now()
);
comment on table identity.signature is 'What people signed: one signature for each request, which nobody can change.';
comment on column identity.signature.cms is 'Detached CMS with a time stamp (CAdES-T, RFC 5652, RFC 3161); for a PDF the one that stands inside it.';
comment on column identity.signature.dual is 'The container with a second signature by ML-DSA-44 over the same hash, where the person asked for it.';
comment on column identity.signature.signed_at is 'What the time stamp says.';
create index signature_by_person on identity.signature (person_id);
create index signature_by_serial on identity.signature (serial);
grant select, insert on identity.signature to app;
