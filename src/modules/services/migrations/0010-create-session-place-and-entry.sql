-- Courses have sessions with a number of places, and decisions leave entries in the ledger that can be forgotten.
create table services.session (
  id             uuid primary key,
  organisation   text not null check (length(organisation) <= 60),
  service        text not null check (length(service) <= 60),
  title          jsonb not null,
  place          jsonb not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  opens_at       timestamptz not null,
  closes_at      timestamptz not null,
  capacity       integer not null constraint session_capacity check (capacity between 1 and 5000),
  taken          integer not null default 0,
  cancelled_at   timestamptz,
  created_at     timestamptz not null,
  created_by     text not null check (length(created_by) <= 60),
  constraint session_never_over_capacity check (taken between 0 and capacity),
  constraint session_ends_after_start check (ends_at > starts_at),
  constraint session_closes_by_start check (opens_at < closes_at and closes_at <= starts_at)
);
comment on table services.session is 'Sessions of courses that officers keep, and among which people choose when they apply.';
comment on column services.session.organisation is 'The department of the service, whose officers keep it.';
comment on column services.session.taken is 'Places that are held, offered or taken. Whoever changes a place of the session holds this row.';
create index session_of_service on services.session (service, starts_at, id);
create index session_of_organisation on services.session (organisation, starts_at desc, id);
grant select, insert, update on services.session to app;

create table services.place (
  reference      text primary key references services.case,
  session        uuid not null references services.session,
  number         bigint generated always as identity,
  person_id      text check (length(person_id) <= 60),
  state          text not null constraint place_state
                 check (state in ('held', 'waiting', 'offered', 'taken', 'attended', 'missed', 'given-up')),
  offer_until_at timestamptz,
  changed_at     timestamptz not null,
  constraint place_offered_until check ((state = 'offered') = (offer_until_at is not null))
);
comment on table services.place is 'The place that a case has in a session, or waits for.';
comment on column services.place.number is 'The order in which they came, and in which those who wait are offered what comes free.';
comment on column services.place.state is 'held until the case ends, taken from then on; offered to whoever waited.';
create index place_of_session on services.place (session, number);
create index place_attended on services.place (person_id) where state = 'attended';
create index place_waiting on services.place (session, number) where state = 'waiting';
create index place_offered on services.place (offer_until_at) where state = 'offered';
grant select, insert, update on services.place to app;

create table services.entry (
  reference      text not null references services.case,
  number         integer not null,
  organisation   text not null check (length(organisation) <= 60),
  log            text not null check (length(log) <= 60),
  entry          bytea not null check (length(entry) <= 4000),
  leaf           bytea not null check (length(leaf) = 32),
  sealed_salt    bytea check (length(sealed_salt) <= 200),
  erased_by      text check (length(erased_by) <= 60),
  erased_at      timestamptz,
  constraint entry_once_per_event primary key (reference, number),
  constraint entry_is_erased_whole
    check ((erased_at is null) = (sealed_salt is not null) and (erased_at is null) = (erased_by is null))
);
comment on table services.entry is 'What a step of a case let stand in a log. What it says is sealed in the event of this number.';
comment on column services.entry.sealed_salt is 'Null after it was erased: the entry stands, and nothing can be matched to it any more.';
comment on column services.entry.entry is 'The octets that stand in the log.';
grant select, insert on services.entry to app;
grant update (sealed_salt, erased_by, erased_at) on services.entry to app;
