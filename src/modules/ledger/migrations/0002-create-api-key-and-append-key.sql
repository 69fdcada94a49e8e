-- Programs of departments write to logs by keys of their own, and may say the same twice.

create table ledger.api_key (
  id           text primary key check (id ~ '^[2-9a-hjkmnp-z]{10}$'),
  organisation text not null check (length(organisation) <= 60),
  name         text not null check (length(name) between 1 and 80),
  scopes       text[] not null check (cardinality(scopes) between 1 and 10),
  hash         bytea not null check (octet_length(hash) = 32),
  created_by   text not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  constraint api_key_is_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table ledger.api_key is 'A key by which a program of an organisation writes to logs. `hash` is the SHA-256 of its secret, which is random: this table opens nothing.';
create index api_key_by_organisation on ledger.api_key (organisation, created_at desc);
grant select, insert on ledger.api_key to app;
grant update (withdrawn_at, withdrawn_by) on ledger.api_key to app;

create table ledger.append_key (
  log          smallint not null references ledger.log,
  organisation text not null check (length(organisation) <= 60),
  key          text not null check (length(key) between 1 and 100),
  request      bytea not null check (octet_length(request) = 32),
  answer       bytea not null,
  created_at   timestamptz not null default now(),
  primary key (log, organisation, key)
);
comment on table ledger.append_key is 'What was answered to a request with an Idempotency-Key, for a week: the same request is answered the same again, and another one refused. `answer` is the entries, packed as in a bundle.';
create index append_key_by_age on ledger.append_key (created_at);
grant select, insert, delete on ledger.append_key to app;
