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
