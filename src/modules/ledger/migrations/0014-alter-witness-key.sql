-- The witness gets new keys, too: those before cosign beside them for a while, and then their private halves are gone for good.

alter table ledger.witness_key add column number smallint not null default 1 check (number > 0);
alter table ledger.witness_key alter column number drop default;
alter table ledger.witness_key drop constraint witness_key_pkey, add primary key (name, kind, number);
alter table ledger.witness_key add column ends_at timestamptz;
comment on table ledger.witness_key is 'The keys by which this installation cosigns now, one of each kind for each name that it ever had, and for a while those that they follow. What retired is deleted.';
comment on column ledger.witness_key.ends_at is 'When the key retires, as another one follows it. Null for the newest.';
grant update (ends_at), delete on ledger.witness_key to app;

create table ledger.former_witness_key (
  name     text not null check (octet_length(name) between 1 and 255),
  number   smallint not null check (number > 0),
  vkey     text not null check (octet_length(vkey) <= 8192),
  is_lost  boolean not null,
  ended_at timestamptz not null,
  primary key (name, vkey)
);
comment on table ledger.former_witness_key is 'Keys by which the witness cosigned before. Append-only: what they cosigned is checked by them for ever.';
comment on column ledger.former_witness_key.is_lost is 'Others may have it: no cosignature by it is believed.';
grant select, insert on ledger.former_witness_key to app;
