-- Whoever erases an item erases who held it and who took its steps, too.

alter table ledger.item
  drop constraint item_is_held_by_whom_its_entries_say,
  add constraint item_is_held_by_whom_its_entries_say
    check (case when content is null then holder is null else (folded ->> 'heldAs' is null) = (holder is null) end) not valid;
update ledger.item set holder = null where content is null and holder is not null;
alter table ledger.item validate constraint item_is_held_by_whom_its_entries_say;

update ledger.step set acted_by = 'erased', organisation = null, token = gen_random_uuid() where salt is null;
comment on column ledger.step.acted_by is '`erased` where the item was.';
grant update (acted_by, organisation, token) on ledger.step to app;

-- A proposal that ran out waits for nobody: until when one may take effect is what lists of waiting items ask for.
drop index ledger.item_with_proposals;
alter table ledger.item drop column open_count;
alter table ledger.item add column lapses_at timestamptz;
update ledger.item
set lapses_at = (select max((open ->> 'until')::timestamptz) from jsonb_array_elements(folded -> 'open') as open)
where jsonb_array_length(folded -> 'open') > 0;
comment on column ledger.item.lapses_at is 'When the last of its proposals lapses; null where none waits.';
grant update (lapses_at) on ledger.item to app;

-- In the order of the lists, which go on from an item that changed last.
drop index ledger.item_by_change;
drop index ledger.item_by_holder;
create index item_by_change on ledger.item (register, changed_at, number);
create index item_by_holder on ledger.item (holder, changed_at, number) where holder is not null;
create index item_with_proposals on ledger.item (register, changed_at, number) where lapses_at is not null;
