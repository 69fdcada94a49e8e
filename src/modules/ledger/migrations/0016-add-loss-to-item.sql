-- After a database was put back to an older state, a log comes back from a mirror; what its entries were committed to does not.

alter table ledger.item add column is_lost boolean not null default false;
alter table ledger.item
  add constraint item_that_is_lost_holds_nothing check (not is_lost or (content is null and holder is null)) not valid;
alter table ledger.item validate constraint item_that_is_lost_holds_nothing;
comment on column ledger.item.is_lost is 'Some of its entries came back from a mirror alone: its state is known, and what it holds and who holds it is not. No further step is taken of it.';
comment on column ledger.step.acted_by is '`erased` where the item was; `lost` where the entry came back from a mirror alone, as the log does not say who it was.';
grant update (is_lost) on ledger.item to app;
