-- Only what a copy of the database must not give away is sealed in a record, so that most need no sealing: an identifier by
-- which a bearer is known, where the library asks for it back.

alter table identity.provider_record alter column secret drop not null;
comment on column identity.provider_record.secret is 'Sealed: the identifier itself, of kinds that are also found by something else.';
-- What was under way is begun again: it held sealed what stands in the payload now.
delete from identity.provider_record;
