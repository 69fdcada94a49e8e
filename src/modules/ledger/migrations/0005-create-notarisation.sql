-- A department lets a document stand in a log, and keeps here what is needed to show so, or to forget it.

create table ledger.notarisation (
  id           uuid primary key,
  organisation text not null check (length(organisation) between 1 and 60),
  token        uuid not null,
  log          smallint not null references ledger.log,
  title        bytea check (octet_length(title) <= 1000),
  salt         bytea check (octet_length(salt) <= 200),
  entry        bytea not null check (octet_length(entry) <= 65535),
  leaf         bytea not null check (octet_length(leaf) = 32),
  notarised_by text not null,
  notarised_at timestamptz not null,
  erased_by    text,
  erased_at    timestamptz,
  constraint notarisation_once_per_form unique (organisation, token),
  constraint notarisation_is_erased_whole check (
    (erased_at is null) = (salt is not null) and (erased_at is null) = (title is not null)
    and (erased_at is null) = (erased_by is null))
);
comment on table ledger.notarisation is 'A document that an organisation let stand in a log. The document is not here, and neither is its hash: the commitment stands in the entry, and without the salt nobody can tell of what.';
comment on column ledger.notarisation.token is 'Made with the form, so that one that is sent twice is one entry.';
comment on column ledger.notarisation.title is 'What the organisation calls it for itself, sealed by the vault. Null after it was erased.';
comment on column ledger.notarisation.salt is '32 octets, sealed by the vault. Null after it was erased: the entry stands, and no document can be matched to it any more.';
comment on column ledger.notarisation.entry is 'The octets that stand in the log.';
create index notarisation_by_organisation on ledger.notarisation (organisation, notarised_at desc, id);
grant select, insert on ledger.notarisation to app;
grant update (title, salt, erased_by, erased_at) on ledger.notarisation to app;
