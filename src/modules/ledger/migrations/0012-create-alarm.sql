-- What goes wrong with logs, keys and quotas is told to officers, once for as long as it lasts.

alter table ledger.pending add column promised_at timestamptz not null default now();
comment on column ledger.pending.promised_at is 'By which health and alarms tell how long entries have waited.';

alter table ledger.log add column behind_at timestamptz;
comment on column ledger.log.behind_at is 'Since when nothing more was published although more is signed; null while all is.';
update ledger.log set behind_at = sequenced_at where published_size < size;
grant update (behind_at) on ledger.log to app;

create table ledger.alarm (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('witness-refuses', 'split-view', 'entries-wait', 'not-published', 'quota-reached', 'key-ending', 'rotation-overdue')),
  subject         text not null check (length(subject) between 1 and 2200),
  organisation    text check (length(organisation) <= 60),
  detail          text not null check (length(detail) <= 300),
  opened_at       timestamptz not null,
  seen_at         timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  note            text check (length(note) between 1 and 500),
  closed_at       timestamptz,
  closed_by       text,
  constraint alarm_is_acknowledged_whole check ((acknowledged_by is null) = (acknowledged_at is null) and (acknowledged_by is null) = (note is null)),
  constraint alarm_of_evidence_is_closed_by_a_person check (kind <> 'split-view' or closed_at is null or closed_by is not null)
);
comment on table ledger.alarm is 'What officers should know of. Opened once while its cause lasts, and closed by itself when the cause ends; one of evidence is closed by a person.';
comment on column ledger.alarm.organisation is 'Whose officers it is for; null for those who run the logs.';
create unique index alarm_opened_once on ledger.alarm (kind, subject) where closed_at is null;
create index alarm_by_time on ledger.alarm (opened_at desc, id desc);
grant select, insert on ledger.alarm to app;
grant update (detail, seen_at, acknowledged_by, acknowledged_at, note, closed_at, closed_by) on ledger.alarm to app;
