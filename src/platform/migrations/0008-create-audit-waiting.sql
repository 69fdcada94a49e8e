-- The trail becomes a log of the ledger, which takes the place of the chain: whoever wants may keep a signed checkpoint of it
-- elsewhere, so that its end cannot be cut off unseen. What was written before goes into the log too.
create table platform.audit_waiting (
  event_id bigint primary key references platform.audit_event
);
comment on table platform.audit_waiting is 'Events that are not in the log of the trail yet. Written in the statement that writes the event; deleted in the transaction that appends it.';
grant select, insert, delete on platform.audit_waiting to app;

insert into platform.audit_waiting (event_id)
select id
from platform.audit_event;

drop table platform.audit_link;
