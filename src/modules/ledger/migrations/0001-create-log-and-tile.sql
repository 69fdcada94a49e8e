-- Logs of this installation: what waits to be put in order, and what is in order and published.

create table ledger.log (
  id           smallint generated always as identity primary key,
  name         text not null constraint log_name_once unique check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(name) <= 60),
  origin       text not null constraint log_origin_once unique check (length(origin) between 1 and 255),
  size         bigint not null default 0 check (size >= 0),
  peaks        bytea not null default '',
  sequenced    bytea,
  published    bytea,
  sequenced_at timestamptz,
  created_at   timestamptz not null default now(),
  constraint log_has_a_peak_for_each_bit_of_its_size
    check (octet_length(peaks) = 32 * bit_count(size::bit(64))),
  constraint log_is_signed_once_it_has_entries check (size = 0 or (sequenced is not null and sequenced_at is not null))
);
comment on table ledger.log is 'A transparency log (C2SP tlog-tiles). Who puts entries in order changes `size` from what they read to what they wrote, and nothing if it changed meanwhile: so a log cannot fork.';
comment on column ledger.log.origin is 'As it stands in every checkpoint and as the name of the keys. Never changed: the log would be another one.';
comment on column ledger.log.peaks is 'Roots of the perfect subtrees that the tree consists of, the largest first, 32 octets each.';
comment on column ledger.log.sequenced is 'The newest checkpoint, signed by the log alone.';
comment on column ledger.log.published is 'The checkpoint that is served: signed by the log, and cosigned as its policy asks. Never newer than `sequenced`.';
grant select, insert (name, origin) on ledger.log to app;
grant update (size, peaks, sequenced, sequenced_at, published) on ledger.log to app;

create table ledger.log_key (
  log         smallint not null references ledger.log,
  kind        text not null check (kind in ('ed25519', 'ml-dsa-44-cosignature')),
  vkey        text not null check (length(vkey) <= 4096),
  private_key bytea not null,
  created_at  timestamptz not null default now(),
  primary key (log, kind)
);
comment on table ledger.log_key is 'The keys by which a log signs its checkpoints, one of each kind. `private_key` is sealed by the vault (PKCS #8).';
grant select, insert on ledger.log_key to app;

create table ledger.pending (
  log        smallint not null,
  written_by xid8 not null default pg_current_xact_id(),
  id         bigint generated always as identity,
  width      smallint not null check (width between 1 and 256),
  entries    bytea not null check (octet_length(entries) between 2 * width and 65537 * width),
  primary key (log, written_by, id)
);
comment on table ledger.pending is 'Entries that are promised and not in order yet, 1 to 256 of one caller in each row, packed as in a bundle. Written in the transaction of the act that they tell of; deleted in the one that puts them in order.';
comment on column ledger.pending.written_by is 'The transaction that wrote the row: what is older than every transaction under way has been seen, and is not looked for again.';
alter table ledger.pending alter column entries set storage external;
alter table ledger.pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
grant select, insert (log, width, entries), delete on ledger.pending to app;

create table ledger.tile (
  log    smallint not null references ledger.log,
  level  smallint not null check (level between 0 and 63),
  index  bigint not null check (index >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (log, level, index)
);
comment on table ledger.tile is 'Tiles of hashes (C2SP tlog-tiles, Merkle Tree). One that is not full yet is only ever added to, so that each partial tile that was published is the beginning of what stands here.';
alter table ledger.tile alter column hashes set storage external;
grant select, insert on ledger.tile to app;
grant update (hashes) on ledger.tile to app;

create table ledger.bundle (
  log     smallint not null references ledger.log,
  index   bigint not null check (index >= 0),
  width   smallint not null check (width between 1 and 256),
  entries bytea not null check (octet_length(entries) between 2 * width and 65537 * width),
  primary key (log, index)
);
comment on table ledger.bundle is 'Bundles of entries (C2SP tlog-tiles, Log Entries), each entry after its length in two octets. Only ever added to, as tiles are.';
alter table ledger.bundle alter column entries set storage external;
grant select, insert on ledger.bundle to app;
grant update (width, entries) on ledger.bundle to app;

create table ledger.leaf (
  log    smallint not null,
  prefix bigint not null,
  index  bigint not null,
  primary key (log, prefix, index)
);
comment on table ledger.leaf is 'Where a leaf is: by the first six octets of its hash, as a number. What is found is compared with the whole hash in its tile, as several leaves may begin alike.';
grant select, insert on ledger.leaf to app;
