-- How many cases wait for approval is asked by every desk, of others' proposals alone: with who proposed in the index, no row is opened.
drop index services.case_waiting;
create index case_waiting on services.case (organisation, wait, due_at, reference) include (proposed_by)
  where wait in ('reply', 'approval');
