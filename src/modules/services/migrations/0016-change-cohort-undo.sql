-- What two officers did to many cases, one alone could undo. And a preview that nobody wanted stayed for ever.
alter table services.cohort
  add column undo_proposed_by text check (length(undo_proposed_by) <= 60),
  add column undo_proposed_at timestamptz,
  drop constraint cohort_state,
  add constraint cohort_state check (state in
    ('previewing', 'previewed', 'proposed', 'running', 'done', 'undo-proposed', 'undoing', 'undone', 'failed')),
  add constraint cohort_undo_four_eyes check (undone_by <> undo_proposed_by);
comment on column services.cohort.undo_proposed_by is 'Null also where it was undone before two officers were asked for it.';
create index cohort_previewed on services.cohort (begun_at) where proposed_at is null;
grant delete on services.cohort, services.cohort_case to app;
