-- A role that may fill every column may also choose the number and the instant of an event: take numbers that come, and date an event back.
revoke insert on platform.audit_event from app;
grant insert (event, actor, organisation, subject, request, detail) on platform.audit_event to app;
