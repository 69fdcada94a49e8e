-- A log with a policy is served only as far as enough of its witnesses have cosigned.

create table ledger.policy (
  log    smallint not null references ledger.log,
  number integer not null check (number > 0),
  text   text not null check (octet_length(text) <= 1048576),
  set_at timestamptz not null default now(),
  primary key (log, number)
);
comment on table ledger.policy is 'Who must have cosigned a checkpoint of a log before it is served (C2SP tlog-policy). The highest number counts. Append-only, so that nobody can say later that another one did.';
grant select, insert on ledger.policy to app;

create table ledger.contact (
  log         smallint not null references ledger.log,
  url         text not null check (length(url) <= 2000),
  size        bigint not null default 0 check (size >= 0),
  cosigned_at timestamptz,
  failed_at   timestamptz,
  failure     text check (length(failure) <= 200),
  primary key (log, url)
);
comment on table ledger.contact is 'What is known of a witness of a log: how much of the log it cosigned last, and why it did not when it was asked last.';
comment on column ledger.contact.failure is 'A status of C2SP tlog-witness, or a code of the system; null where it was answered well the last time.';
grant select, insert on ledger.contact to app;
grant update (size, cosigned_at, failed_at, failure) on ledger.contact to app;

alter table ledger.log add column published_size bigint check (published_size between 0 and size);
comment on column ledger.log.published_size is 'Entries of `published`.';
update ledger.log set published_size = size where published is not null;
alter table ledger.log add constraint log_is_published_with_its_size check ((published is null) = (published_size is null));
grant update (published_size) on ledger.log to app;
