-- Officers manage the keys of their programs, and see how much each of them writes and how much it may.

alter table ledger.api_key
  add column token bytea constraint api_key_once_per_form unique check (octet_length(token) = 32),
  add column replaces text constraint api_key_replaced_once unique references ledger.api_key,
  add column used_on date,
  add column lost_at timestamptz,
  add constraint api_key_is_lost_only_if_withdrawn check (lost_at is null or withdrawn_at is not null),
  add constraint api_key_replaces_another check (replaces <> id);
comment on column ledger.api_key.token is 'SHA-256 of what stood in the form that made the key: a form that is sent twice makes one key.';
comment on column ledger.api_key.replaces is 'The key that this one was issued to follow. That one ends by itself at its `expires_at`.';
comment on column ledger.api_key.used_on is 'The last day (UTC) on which it was used.';
comment on column ledger.api_key.lost_at is 'When somebody said that others may have the key; it is withdrawn since.';
grant update (expires_at, used_on, lost_at) on ledger.api_key to app;

create table ledger.usage (
  counted_on   date not null,
  organisation text not null check (length(organisation) <= 60),
  api_key      text not null references ledger.api_key,
  log          smallint not null references ledger.log,
  lane         integer not null,
  entries      bigint not null check (entries > 0),
  octets       bigint not null check (octets > 0),
  primary key (counted_on, organisation, api_key, log, lane)
);
comment on table ledger.usage is 'What programs wrote on each day (UTC), by key and log. Counted in the statement that keeps the entries.';
comment on column ledger.usage.lane is 'A number that each writer chose for itself, so that two of them need not wait for one row. What counts is the sum.';
create index usage_by_key on ledger.usage (api_key, counted_on);
grant select, insert on ledger.usage to app;
grant update (entries, octets) on ledger.usage to app;

create table ledger.quota (
  organisation text not null check (length(organisation) <= 60),
  number       integer not null check (number > 0),
  entries      bigint not null check (entries between 0 and 1000000000000),
  octets       bigint not null check (octets between 0 and 1000000000000000),
  set_by       text not null,
  set_at       timestamptz not null,
  primary key (organisation, number)
);
comment on table ledger.quota is 'How much an organisation may write in a day (UTC). The empty name stands for each that has none of its own; the highest number counts. Append-only.';
insert into ledger.quota (organisation, number, entries, octets, set_by, set_at)
values ('', 1, 100000000, 100000000000, 'system', now());
grant select, insert on ledger.quota to app;

create table ledger.quota_refusal (
  organisation text not null check (length(organisation) <= 60),
  refused_on   date not null,
  refused_at   timestamptz not null,
  primary key (organisation, refused_on)
);
comment on table ledger.quota_refusal is 'On which days an organisation wanted to write more than it may, and when that was found last by some process.';
grant select, insert, update (refused_at) on ledger.quota_refusal to app;
