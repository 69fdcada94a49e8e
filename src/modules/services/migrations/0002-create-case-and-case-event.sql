-- What happens after an application was sent: events of cases, and each case as they leave it.
create table services.case (
  reference       text primary key check (reference ~ '^[A-Z]{2,4}-[2-9A-Z]{5}-[2-9A-Z]{5}$'),
  number          integer not null check (number >= 1),
  application     uuid not null references services.application,
  service         text not null,
  version         bytea not null references services.version,
  organisation    text not null check (length(organisation) <= 60),
  person_id       text check (length(person_id) <= 60),
  language        text not null check (language in ('en', 'zh-Hant', 'zh-Hans')),
  listed          text[] not null,
  search          text[] not null,
  state           text not null,
  queue           text not null constraint case_queue check (queue in ('work', 'decide')),
  wait            text not null constraint case_wait check (wait in ('officer', 'reply', 'approval', 'nobody')),
  opened_at       timestamptz not null,
  state_since_at  timestamptz not null,
  claimed_by      text check (length(claimed_by) <= 60),
  claimed_at      timestamptz,
  due_on          date,
  due_at          timestamptz,
  due_count       text check (due_count in ('working', 'calendar')),
  left_days       integer check (left_days >= 0),
  stopped_at      timestamptz,
  stood_days      integer not null default 0,
  reply_until_on  date,
  reply_until_at  timestamptz,
  remind_at       timestamptz,
  proposal        integer,
  proposed_by     text check (length(proposed_by) <= 60),
  ended_at        timestamptz,
  outcome         text constraint case_outcome check (outcome in ('granted', 'refused', 'withdrawn', 'done', 'merged')),
  decided_at      timestamptz,
  worked_days     integer,
  appeal_until_on date,
  review_of       text references services.case,
  review          text references services.case,
  merged_into     text references services.case,
  complained_at   timestamptz,
  excluded        text[] not null,
  constraint case_ends_whole check ((ended_at is null) = (outcome is null) and (ended_at is null) = (wait <> 'nobody')),
  constraint case_claimed_whole check ((claimed_by is null) = (claimed_at is null)),
  constraint case_proposed_whole check ((wait = 'approval') = (proposal is not null) and (proposal is null) = (proposed_by is null)),
  constraint case_waits_for_reply_until check ((wait = 'reply') = (reply_until_at is not null)),
  constraint case_due_whole check ((due_on is null) = (due_at is null))
);
comment on table services.case is 'Cases as their events leave them: a projection, which services replay makes again.';
comment on column services.case.number is 'The number of the last event: whoever acts says which they saw.';
comment on column services.case.listed is 'Answers that officers see in lists, in clear; all others are sealed.';
comment on column services.case.search is 'Pairs of letters of what is listed, folded, by which it is found.';
comment on column services.case.left_days is 'Days that were left when the clock stopped.';
comment on column services.case.excluded is 'Officers who decided this case or the one that it reviews: they do not look at it again.';
-- Claim next: the first free one by its due date, without looking at any other.
create index case_free on services.case (organisation, queue, due_at, reference)
  where wait = 'officer' and claimed_by is null;
create index case_free_of_service on services.case (organisation, service, queue, due_at, reference)
  where wait = 'officer' and claimed_by is null;
create index case_claimed on services.case (claimed_by, due_at) where claimed_by is not null;
create index case_open on services.case (organisation, due_at, reference) where ended_at is null;
-- As lists are ordered: what has no clock comes last.
create index case_by_due on services.case (organisation, coalesce(due_at, 'infinity'), reference) where ended_at is null;
create index case_opened on services.case (organisation, opened_at desc, reference desc);
create index case_waiting on services.case (organisation, wait, due_at, reference) where wait in ('reply', 'approval');
create index case_complained on services.case (organisation, complained_at) where complained_at is not null;
create index case_reply_until on services.case (reply_until_at) where wait = 'reply';
create index case_remind on services.case (remind_at) where remind_at is not null;
create index case_of_person on services.case (person_id, opened_at desc) where person_id is not null;
create index case_of_application on services.case (application);
create index case_decided on services.case (organisation, service, decided_at) where decided_at is not null;
create index case_search on services.case using gin (search);
grant select, insert, update on services.case to app;

create table services.case_event (
  reference     text not null references services.case deferrable initially deferred,
  number        integer not null check (number between 1 and 10000),
  kind          text not null check (length(kind) <= 40),
  at            timestamptz not null,
  by            text not null check (length(by) <= 60),
  organisation  text check (length(organisation) <= 60),
  data          jsonb not null,
  sealed        bytea check (length(sealed) <= 4000000),
  token         uuid constraint case_event_token_is_used_once unique,
  primary key (reference, number)
);
comment on table services.case_event is 'All that happened to a case. Append-only: a case is the fold of its events.';
comment on column services.case_event.by is 'An officer, the person whose case it is, or system.';
comment on column services.case_event.data is 'What may stand in clear: states, codes, dates and versions.';
comment on column services.case_event.sealed is 'What people wrote, answers and messages; sealed by the vault.';
comment on column services.case_event.token is 'Of the form that caused it, so that a form that is sent twice acts once.';
grant select, insert on services.case_event to app;
