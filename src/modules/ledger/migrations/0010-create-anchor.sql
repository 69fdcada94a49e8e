-- Checkpoints that are written to a chain.

create table ledger.chain_account (
  one         boolean primary key default true constraint chain_account_is_one check (one),
  address     text not null check (address ~ '^0x[0-9a-fA-F]{40}$'),
  private_key bytea not null,
  created_at  timestamptz not null default now()
);
comment on table ledger.chain_account is 'The account by which this installation writes to a chain. `private_key` is sealed by the vault.';
grant select, insert on ledger.chain_account to app;

create table ledger.anchor (
  id           bigint generated always as identity primary key,
  log          smallint not null references ledger.log,
  size         bigint not null check (size > 0),
  root         bytea not null check (octet_length(root) = 32),
  checkpoint   bytea not null,
  chain        bigint not null check (chain > 0),
  contract     text not null check (contract ~ '^0x[0-9a-f]{40}$'),
  state        text not null default 'queued' check (state in ('queued', 'sent', 'mined', 'final', 'superseded')),
  nonce        bigint check (nonce >= 0),
  transaction  bytea check (octet_length(transaction) = 32),
  block_number bigint check (block_number >= 0),
  block_hash   bytea check (octet_length(block_hash) = 32),
  block_at     timestamptz,
  queued_at    timestamptz not null,
  settled_at   timestamptz,
  attempts     integer not null default 0 check (attempts >= 0),
  failure      text check (length(failure) <= 60),
  next_at      timestamptz not null,
  constraint anchor_once_for_each_checkpoint unique (log, size, chain, contract),
  constraint anchor_is_sent_by_a_nonce check (state <> 'sent' or nonce is not null),
  constraint anchor_is_mined_in_a_block check (state <> 'mined' or (block_number is not null and block_hash is not null and transaction is not null)),
  constraint anchor_is_settled_at_a_time check ((settled_at is not null) = (state in ('final', 'superseded')))
);
create unique index anchor_one_under_way_for_each_log on ledger.anchor (log, chain, contract) where state in ('queued', 'sent', 'mined');
create unique index anchor_one_for_each_nonce on ledger.anchor (chain, nonce) where state in ('sent', 'mined');
comment on table ledger.anchor is 'Checkpoints that were or will be written to a contract on a chain: queued, sent (a transaction is kept), mined (in a block), final (as deep as asked for), or superseded (the chain has a larger one).';
comment on column ledger.anchor.checkpoint is 'As it was published, with its signatures, so that proofs can be made against it for ever.';
comment on column ledger.anchor.nonce is 'Of the account: whichever transaction with it is mined, there is one. Null where none is signed.';
comment on column ledger.anchor.transaction is 'Which of its transactions was mined; null where the chain had the checkpoint already.';
comment on column ledger.anchor.failure is 'Why it does not go on just now: a code of `anchor/failures.ts`; null while all is well.';
grant select, insert (log, size, root, checkpoint, chain, contract, queued_at, next_at) on ledger.anchor to app;
grant update (state, nonce, transaction, block_number, block_hash, block_at, settled_at, attempts, failure, next_at) on ledger.anchor to app;

create table ledger.anchor_transaction (
  anchor    bigint not null references ledger.anchor,
  number    integer not null check (number > 0),
  nonce     bigint not null check (nonce >= 0),
  hash      bytea not null constraint anchor_transaction_once unique check (octet_length(hash) = 32),
  raw       bytea not null check (octet_length(raw) <= 4096),
  fee_max   bigint not null check (fee_max >= 0),
  tip_max   bigint check (tip_max between 0 and fee_max),
  signed_at timestamptz not null,
  primary key (anchor, number)
);
comment on table ledger.anchor_transaction is 'Transactions that were signed for an anchor, kept before they are sent, so that whoever goes on sends the same octets. Append-only.';
comment on column ledger.anchor_transaction.fee_max is 'The most that it pays for a unit of gas, in wei.';
comment on column ledger.anchor_transaction.tip_max is 'Of that for who makes the block; null on a network without EIP-1559.';
grant select, insert on ledger.anchor_transaction to app;
