-- So that a person finds what others did in their name without reading the whole trail.
create index audit_event_by_on_behalf_of on platform.audit_event (on_behalf_of, id) where on_behalf_of is not null;
