-- Anchors that do not get to the chain, or find another history there, are alarms as well.
alter table ledger.alarm drop constraint alarm_kind_check;
alter table ledger.alarm add constraint alarm_is_of_a_kind check (kind in (
  'witness-refuses', 'split-view', 'anchor-contradicts', 'anchor-fails', 'entries-wait', 'not-published',
  'quota-reached', 'key-ending', 'rotation-overdue'));
