-- The verifiable index of a log: for each key the entries that bear it, under one root that an output log holds.

create table ledger.indexed_log (
  log     smallint primary key references ledger.log,
  output  smallint not null constraint indexed_log_once_per_output unique references ledger.log,
  scanned bigint not null default 0 check (scanned >= 0),
  depth   smallint not null default 0 check (depth between 0 and 256)
);
comment on table ledger.indexed_log is 'A log of which an index is kept, and the log that its roots stand in. Who lets the index grow holds the row.';
comment on column ledger.indexed_log.scanned is 'Entries of the log that are in the index, or bear no key.';
comment on column ledger.indexed_log.depth is 'How many nodes lie on the longest way from the root to a leaf.';
grant select, insert on ledger.indexed_log to app;
grant update (scanned, depth) on ledger.indexed_log to app;

create table ledger.map_root (
  log     smallint not null references ledger.indexed_log,
  version integer not null check (version > 0),
  size    bigint not null check (size >= 0),
  root    bytea not null check (octet_length(root) = 32),
  leaf    bytea not null check (octet_length(leaf) = 32),
  entry   bytea not null check (octet_length(entry) <= 65535),
  made_at timestamptz not null,
  primary key (log, version)
);
comment on table ledger.map_root is 'Every root that an index had, with the size of the log up to which it is complete, as the output log holds it. The next is made when this one is published. Append-only.';
grant select, insert on ledger.map_root to app;

create table ledger.indexed_key (
  log   smallint not null references ledger.indexed_log,
  key   bytea not null check (octet_length(key) = 32),
  count bigint not null check (count > 0),
  peaks bytea not null check (octet_length(peaks) % 32 = 0),
  primary key (log, key)
);
comment on table ledger.indexed_key is 'A key, how many entries bear it, and the peaks of the Merkle tree over their indexes.';
grant select, insert on ledger.indexed_key to app;
grant update (count, peaks) on ledger.indexed_key to app;

create table ledger.indexed_entry (
  log   smallint not null,
  key   bytea not null,
  index bigint not null check (index >= 0),
  primary key (log, key, index),
  foreign key (log, key) references ledger.indexed_key
);
comment on table ledger.indexed_entry is 'Which entries of a log bear a key. Append-only.';
grant select, insert on ledger.indexed_entry to app;

create table ledger.index_node (
  log    smallint not null references ledger.indexed_log,
  path   bytea not null check (octet_length(path) between 1 and 33),
  since  integer not null check (since > 0),
  pair   bytea not null check (octet_length(pair) = 64),
  before bytea check (octet_length(before) = 64),
  primary key (log, path)
);
comment on table ledger.index_node is 'The inner nodes of the trie of keys: the hashes of both children, as of version `since` of the root, and as they were before it.';
comment on column ledger.index_node.path is 'The depth in one octet, and the bits of the way to it.';
grant select, insert on ledger.index_node to app;
grant update (since, pair, before) on ledger.index_node to app;
