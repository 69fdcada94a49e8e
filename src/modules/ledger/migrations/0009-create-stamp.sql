-- The time of a notarisation, by the word of a time stamp authority.

create table ledger.stamp (
  notarisation uuid primary key references ledger.notarisation,
  token        bytea not null check (octet_length(token) between 1 and 50000),
  stamped_at   timestamptz not null
);
comment on table ledger.stamp is 'Time stamps (RFC 3161) over the entries of notarisations. Append-only: the grant below is the whole of it. Erasing a notarisation keeps its stamp, which is over a commitment with a salt and tells nothing of the document.';
comment on column ledger.stamp.token is 'TimeStampToken in DER, over the SHA-256 of the octets of the entry.';
comment on column ledger.stamp.stamped_at is 'What the token says.';
grant select, insert on ledger.stamp to app;
