-- Many cases changed together under another version: what is planned, what it would do to each, and what was done.
create table services.cohort (
  id              uuid primary key,
  kind            text not null constraint cohort_kind check (kind in ('redecide', 'move')),
  organisation    text not null check (length(organisation) <= 60),
  service         text not null check (length(service) <= 60),
  filter          jsonb not null check (length(filter::text) <= 1000),
  target          bytea not null references services.version,
  cases           integer not null default 0 check (cases between 0 and 10000),
  state           text not null constraint cohort_state check (state in
                    ('previewing', 'previewed', 'proposed', 'running', 'done', 'undoing', 'undone', 'failed')),
  failed_in       text constraint cohort_failed_in check (failed_in in ('previewing', 'running', 'undoing')),
  failures        integer not null default 0 check (failures >= 0),
  begun_by        text not null check (length(begun_by) <= 60),
  begun_at        timestamptz not null,
  proposed_by     text check (length(proposed_by) <= 60),
  proposed_at     timestamptz,
  approved_by     text check (length(approved_by) <= 60),
  approved_at     timestamptz,
  done_at         timestamptz,
  undone_by       text check (length(undone_by) <= 60),
  undone_at       timestamptz,
  constraint cohort_failed_whole check ((state = 'failed') = (failed_in is not null)),
  constraint cohort_four_eyes check (approved_by <> proposed_by)
);
comment on table services.cohort is 'Many cases of one service that are decided anew or moved under another version, in one operation that can be undone.';
comment on column services.cohort.filter is 'By what its cases were chosen; which these are stands in cohort_case.';
comment on column services.cohort.target is 'The version under which they go on.';
comment on column services.cohort.failed_in is 'Where it stopped; from there it goes on when an officer says so.';
comment on column services.cohort.failures is 'Runs in a row that failed.';
create index cohort_of_organisation on services.cohort (organisation, begun_at desc, id);
create index cohort_working on services.cohort (begun_at) where state in ('previewing', 'running', 'undoing');
grant select, insert, update on services.cohort to app;

create table services.cohort_case (
  cohort       uuid not null references services.cohort,
  reference    text not null references services.case,
  state        text not null default 'waiting' constraint cohort_case_state check (state in
                 ('waiting', 'same', 'unfit', 'planned', 'applied', 'left-out', 'undone', 'kept')),
  number       integer,
  before_key   text check (length(before_key) <= 4000),
  after_key    text check (length(after_key) <= 4000),
  amount       text constraint cohort_case_amount check (amount in ('more', 'less', 'same')),
  misfits      jsonb not null default '[]' check (length(misfits::text) <= 20000),
  sealed_diff  bytea check (length(sealed_diff) <= 200000),
  constraint cohort_case_once primary key (cohort, reference)
);
comment on table services.cohort_case is 'The cases of a cohort: what comes of each, why one is left out, and how far it is.';
comment on column services.cohort_case.number is 'The last event that the preview saw, then the event that changed the case: what happened since shows.';
comment on column services.cohort_case.before_key is 'Step and reasons of the decision before, by their names in the definition.';
comment on column services.cohort_case.sealed_diff is 'The decision before and after with its amounts.';
create index cohort_case_in_state on services.cohort_case (cohort, state, reference);
grant select, insert, update on services.cohort_case to app;
