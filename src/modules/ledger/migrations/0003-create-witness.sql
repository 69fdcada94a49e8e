-- What a witness keeps: its keys, the logs that it watches with what it cosigned last of each, and what does not fit together.

create table ledger.witness_key (
  name       text not null check (octet_length(name) between 1 and 255),
  kind       text not null check (kind in ('ed25519-cosignature', 'ml-dsa-44-cosignature')),
  sealed_key bytea not null,
  created_at timestamptz not null default now(),
  primary key (name, kind)
);
comment on table ledger.witness_key is 'Keys by which this installation cosigns, one of each kind for each name that it ever had. Append-only: what they cosigned is checked by them for ever.';
comment on column ledger.witness_key.sealed_key is 'PKCS #8, sealed by the vault for this name and kind.';
grant select, insert on ledger.witness_key to app;

create table ledger.watched_log (
  origin      text primary key check (octet_length(origin) between 1 and 255),
  id          text not null constraint watched_log_once_per_id unique check (id ~ '^[0-9a-f]{64}$'),
  vkeys       text[] not null check (cardinality(vkeys) between 1 and 8),
  size        numeric(20, 0) not null default 0 check (size between 0 and 18446744073709551615),
  root        bytea not null default sha256('') check (octet_length(root) = 32),
  note        bytea check (octet_length(note) <= 1048576),
  cosigned_at timestamptz check (date_trunc('second', cosigned_at, 'UTC') = cosigned_at),
  added_at    timestamptz not null default now(),
  removed_at  timestamptz,
  constraint watched_log_cosigned_whole check ((note is null) = (cosigned_at is null)),
  constraint watched_log_empty_at_first check (note is not null or size = 0)
);
comment on table ledger.watched_log is 'Logs of anybody that this witness watches, and the latest checkpoint of each that it cosigned. A log is never deleted: whoever watches it again goes on from there.';
comment on column ledger.watched_log.id is 'SHA-256 of the origin in hex, as the address has it.';
comment on column ledger.watched_log.vkeys is 'Verifier keys, all by the name of the origin; a signature by one of them is enough.';
comment on column ledger.watched_log.size is 'A uint64, which bigint does not hold. 0 with the root of an empty tree until something was cosigned.';
comment on column ledger.watched_log.note is 'The checkpoint with the signatures of the log and our cosignatures.';
comment on column ledger.watched_log.cosigned_at is 'The second that stands in the cosignatures.';
grant select, insert on ledger.watched_log to app;
grant update (vkeys, size, root, note, cosigned_at, removed_at) on ledger.watched_log to app;

create function ledger.refuse_rollback() returns trigger language plpgsql as $$
begin
  if new.size < old.size
    or old.note is not null and (new.note is null or new.size = old.size and new.root <> old.root)
    or new.cosigned_at < old.cosigned_at then
    raise exception 'A witness cosigns nothing smaller, nothing else of one size, and nothing earlier than before'
      using errcode = 'check_violation', constraint = 'watched_log_only_grows';
  end if;
  return new;
end
$$;
comment on function ledger.refuse_rollback() is 'The last guard of what a witness promises, for any program that writes here.';
create trigger watched_log_only_grows before update on ledger.watched_log
  for each row execute function ledger.refuse_rollback();

create table ledger.evidence (
  id       text primary key check (id ~ '^[0-9a-f]{16}$'),
  origin   text not null references ledger.watched_log,
  kind     text not null check (kind in ('split-view', 'unproven-growth', 'rollback')),
  vkeys    text[] not null check (cardinality(vkeys) between 1 and 8),
  cosigned bytea not null check (octet_length(cosigned) <= 1048576),
  offered  bytea not null check (octet_length(offered) <= 1048576),
  seen_at  timestamptz not null
);
comment on table ledger.evidence is 'Two checkpoints that a log signed and that do not fit together, or were not shown to. Append-only.';
comment on column ledger.evidence.id is 'The beginning of SHA-256 over the kind and both texts, so that the same two are kept once.';
comment on column ledger.evidence.kind is 'split-view: one size, two roots, which proves itself. unproven-growth and rollback: what anybody who has an old checkpoint of the log can cause, too.';
comment on column ledger.evidence.offered is 'What was refused, with the signatures of the log that hold.';
create index evidence_by_origin on ledger.evidence (origin, kind);
grant select, insert on ledger.evidence to app;
