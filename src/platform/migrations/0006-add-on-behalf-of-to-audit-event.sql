-- Who acts under a mandate acts in somebody else's name, and the trail keeps both.
alter table platform.audit_event add column on_behalf_of text;
comment on column platform.audit_event.on_behalf_of is 'Identifier of the person in whose name the actor acted, if anybody; never a name.';
grant insert (on_behalf_of) on platform.audit_event to app;
