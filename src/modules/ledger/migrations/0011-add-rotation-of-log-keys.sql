-- A log gets new keys: those before sign beside them for a while, and then their private halves are gone for good.

alter table ledger.log_key add column number smallint not null default 1 check (number > 0);
alter table ledger.log_key alter column number drop default;
alter table ledger.log_key drop constraint log_key_pkey, add primary key (log, kind, number);
alter table ledger.log_key add constraint log_key_once unique (vkey);

create table ledger.log_secret (
  log     smallint not null,
  kind    text not null,
  number  smallint not null,
  sealed  bytea not null,
  ends_at timestamptz,
  primary key (log, kind, number),
  foreign key (log, kind, number) references ledger.log_key
);
comment on table ledger.log_secret is 'The private halves of the keys by which a log signs now (PKCS #8), sealed by the vault. What retired is deleted.';
comment on column ledger.log_secret.ends_at is 'When the key retires, as another one follows it. Null for the newest.';
insert into ledger.log_secret (log, kind, number, sealed)
select log, kind, number, private_key
from ledger.log_key;
grant select, insert, delete on ledger.log_secret to app;
grant update (ends_at) on ledger.log_secret to app;

alter table ledger.log_key drop column private_key;
comment on table ledger.log_key is 'Every key by which a log signs or ever signed, by kind and in the order in which they were made. Append-only: what a key signed is checked by it for ever.';

create table ledger.log_key_end (
  log      smallint not null,
  kind     text not null,
  number   smallint not null,
  is_lost  boolean not null,
  ended_at timestamptz not null,
  primary key (log, kind, number),
  foreign key (log, kind, number) references ledger.log_key
);
comment on table ledger.log_key_end is 'Keys by which a log signs no more. Append-only.';
comment on column ledger.log_key_end.is_lost is 'Others may have it: nothing that it signed is believed.';
grant select, insert on ledger.log_key_end to app;

alter table ledger.log add column epoch integer not null default 1 check (epoch > 0);
comment on column ledger.log.epoch is 'Raised whenever other keys sign, so that no process goes on with those that it opened before.';
grant update (epoch) on ledger.log to app;

create table ledger.ceremony (
  id           bigint generated always as identity primary key,
  event        text not null check (length(event) <= 60),
  act          bigint not null,
  holder       text not null check (length(holder) <= 255),
  organisation text check (length(organisation) <= 60),
  keys         text[] not null check (cardinality(keys) between 1 and 8),
  former       text[] not null check (cardinality(former) <= 40),
  acted_by     text not null,
  asked_by     text,
  acted_at     timestamptz not null default now(),
  witnessed_by text,
  witnessed_at timestamptz,
  constraint ceremony_is_witnessed_by_another check (witnessed_by <> acted_by and witnessed_by <> asked_by),
  constraint ceremony_is_witnessed_whole check ((witnessed_by is null) = (witnessed_at is null))
);
comment on table ledger.ceremony is 'Every making, rotation, loss and end of a key of a log, of the witness or of a program. Each is an act of the audit trail as well, and so stands in its log.';
comment on column ledger.ceremony.act is 'The number of the act in the audit trail.';
comment on column ledger.ceremony.holder is 'Whose key it is: the name of a log, of the witness, or of a program.';
comment on column ledger.ceremony.organisation is 'Of a program’s key alone.';
comment on column ledger.ceremony.keys is 'What the act is about: verifier keys, or the identifier of a program’s key.';
comment on column ledger.ceremony.former is 'The keys that these follow.';
comment on column ledger.ceremony.witnessed_by is 'A second officer, who approved it before or saw afterwards that it is right.';
create index ceremony_by_time on ledger.ceremony (acted_at desc, id desc);
grant select, insert on ledger.ceremony to app;
grant update (witnessed_by, witnessed_at) on ledger.ceremony to app;

create table ledger.rotation (
  id           uuid primary key,
  log          smallint not null references ledger.log,
  is_lost      boolean not null,
  overlap_days smallint not null check (overlap_days between 0 and 366),
  asked_by     text not null,
  asked_at     timestamptz not null,
  decided_by   text,
  decided_at   timestamptz,
  is_approved  boolean,
  constraint rotation_is_approved_by_another check (not is_approved or decided_by <> asked_by),
  constraint rotation_is_decided_whole check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (is_approved is null))
);
comment on table ledger.rotation is 'That an officer asked for other keys of a log, which a second one approves or refuses.';
create unique index rotation_waits_once on ledger.rotation (log) where decided_at is null;
grant select, insert on ledger.rotation to app;
grant update (decided_by, decided_at, is_approved) on ledger.rotation to app;
