-- A person reads their own part of the trail, newest first.
create index audit_event_by_actor on platform.audit_event (actor, id);
