-- Files that are sent for the questions of an application, which nobody opens before they were checked.
create table services.file (
  id            uuid primary key,
  application   uuid not null references services.application on delete cascade,
  question      text not null check (length(question) <= 60),
  thing         uuid,
  sealed_name   bytea not null,
  sealed_bytes  bytea,
  lookup        bytea not null check (length(lookup) = 32),
  media_type    text not null check (length(media_type) <= 100),
  octets        integer not null check (octets between 1 and 10000000),
  state         text not null default 'held' constraint file_state check (state in ('held', 'released', 'refused')),
  finding       text check (length(finding) <= 200),
  received_at   timestamptz not null,
  tried_at      timestamptz,
  scanned_at    timestamptz,
  released_by   text check (length(released_by) <= 60),
  constraint file_once_for_a_question unique nulls not distinct (application, question, thing, lookup),
  constraint file_refused_keeps_nothing check ((state = 'refused') = (sealed_bytes is null)),
  constraint file_released_by_somebody check (state <> 'released' or scanned_at is not null or released_by is not null)
);
comment on table services.file is 'Files of applications, sealed by the vault: held until a scanner or an officer releases them.';
comment on column services.file.thing is 'Of a list of things, the one that it is about.';
comment on column services.file.lookup is 'A keyed hash of the content, so that the same file for the same question is kept once.';
comment on column services.file.finding is 'What the scanner called what it found.';
comment on column services.file.tried_at is 'When it was last given to the scanner, also where that could not answer.';
comment on column services.file.released_by is 'The officer who released it though no scanner had checked it.';
-- Sealed bytes cannot be compressed.
alter table services.file alter column sealed_bytes set storage external;
create index file_that_waits on services.file (coalesce(tried_at, received_at)) where state = 'held';
grant select, insert, update, delete on services.file to app;
