-- Competitions are judged in rounds: by whom, which entries, what each judge may read and what they gave.
create table services.round (
  service      text not null check (length(service) <= 60),
  edition      integer not null check (edition between 2000 and 2199),
  round        text not null check (length(round) <= 60),
  organisation text not null check (length(organisation) <= 60),
  definition   jsonb not null,
  seed         uuid not null,
  state        text not null default 'open' constraint round_state check (state in ('open', 'proposed', 'closed')),
  opened_at    timestamptz not null,
  opened_by    text not null check (length(opened_by) <= 60),
  proposed_at  timestamptz,
  proposed_by  text check (length(proposed_by) <= 60),
  closed_at    timestamptz,
  closed_by    text check (length(closed_by) <= 60),
  result       jsonb,
  primary key (service, edition, round),
  constraint round_proposed_whole check ((state = 'open') = (proposed_by is null) and (state = 'open') = (result is null)),
  constraint round_closed_by_another check ((state = 'closed') = (closed_by is not null) and closed_by <> proposed_by)
);
comment on table services.round is 'Rounds of competitions that were opened.';
comment on column services.round.definition is 'The round as it was defined when it was opened: what it is judged by does not change under way.';
comment on column services.round.seed is 'What the assignment was drawn by, so that it can be drawn again.';
comment on column services.round.result is 'Frozen when the chair closed it: entries, sheets, conflicts and castings, and what they come to.';
grant select, insert, update on services.round to app;

create table services.judge (
  id           uuid primary key,
  service      text not null check (length(service) <= 60),
  edition      integer not null,
  round        text not null check (length(round) <= 60),
  stream       text check (length(stream) <= 60),
  role         text not null constraint judge_role check (role in ('assessor', 'chair')),
  code         bytea constraint judge_code_is_of_one unique,
  person_id    text check (length(person_id) <= 60),
  invited_at   timestamptz not null,
  accepted_at  timestamptz,
  constraint judge_accepted_whole check ((person_id is null) = (accepted_at is null) and (person_id is null) <> (code is null))
);
comment on table services.judge is 'Panels: who judges or chairs a round, of one stream or of all; a code until somebody accepts.';
comment on column services.judge.code is 'What is kept of the code of an invitation; gone when it was used.';
create index judge_of_person on services.judge (person_id) where person_id is not null;
grant select, insert, update on services.judge to app;

create table services.round_entry (
  service     text not null,
  edition     integer not null,
  round       text not null,
  reference   text not null references services.case,
  stream      text not null check (length(stream) <= 60),
  settled_at  timestamptz,
  settled     text constraint round_entry_settled check (settled in ('promoted', 'ended', 'left')),
  primary key (service, edition, round, reference),
  foreign key (service, edition, round) references services.round,
  constraint round_entry_settled_whole check ((settled is null) = (settled_at is null))
);
comment on table services.round_entry is 'Which cases a round judges, and what was done with each when it closed.';
comment on column services.round_entry.settled is 'Whether the system took the step for those who go on, that for all others, or none.';
create index round_entry_unsettled on services.round_entry (service, edition, round, reference) where settled_at is null;
grant select, insert, update on services.round_entry to app;

create table services.sheet (
  id           uuid primary key,
  service      text not null,
  edition      integer not null,
  round        text not null,
  reference    text not null,
  judge        text not null check (length(judge) <= 60),
  conflict     boolean,
  marks        jsonb not null default '{}',
  declared_at  timestamptz,
  locked_at    timestamptz,
  constraint sheet_once unique (service, edition, round, reference, judge),
  foreign key (service, edition, round, reference) references services.round_entry,
  constraint sheet_declared_whole check ((conflict is null) = (declared_at is null)),
  constraint sheet_locked_without_conflict check (locked_at is null or conflict = false)
);
comment on table services.sheet is 'What one judge gives one entry in one round; a draft until it is locked.';
comment on column services.sheet.conflict is 'Whether the judge has a conflict of interest; null before they said so, and nothing of the entry is shown.';
create index sheet_of_judge on services.sheet (judge, service, edition, round);
grant select, insert, update on services.sheet to app;

create table services.round_content (
  service    text not null,
  edition    integer not null,
  round      text not null,
  reference  text not null,
  sealed     bytea not null check (length(sealed) <= 4000000),
  primary key (service, edition, round, reference),
  foreign key (service, edition, round, reference) references services.round_entry
);
comment on table services.round_content is 'Entries as judges read them: without what they must not see. Only who said that they have no conflict reads a row.';
comment on column services.round_content.sealed is 'Sealed by the vault.';
alter table services.round_content enable row level security;
create policy content_is_added on services.round_content for insert to app with check (true);
create policy content_is_read_without_conflict on services.round_content for select to app using (exists (
  select from services.sheet
  where sheet.service = round_content.service and sheet.edition = round_content.edition
    and sheet.round = round_content.round and sheet.reference = round_content.reference
    and sheet.judge = nullif(current_setting('services.judge', true), '') and sheet.conflict = false));
grant select, insert on services.round_content to app;

create table services.casting (
  id         uuid primary key,
  service    text not null,
  edition    integer not null,
  round      text not null,
  entries    text[] not null check (cardinality(entries) between 2 and 100),
  reason     text not null check (length(reason) between 1 and 1000),
  decided_by text not null check (length(decided_by) <= 60),
  decided_at timestamptz not null,
  foreign key (service, edition, round) references services.round
);
comment on table services.casting is 'How a chair decided ties, with why. Append-only; the newest of the same entries counts.';
create index casting_of_round on services.casting (service, edition, round, decided_at);
grant select, insert on services.casting to app;
