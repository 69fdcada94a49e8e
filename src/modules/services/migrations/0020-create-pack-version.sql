-- A pack that changed was published over what officers had published meanwhile, and only whoever had a draft was told.
create table services.pack_version (
  service     text primary key check (service ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(service) <= 60),
  settled     bytea references services.version,
  proposed    bytea references services.version,
  proposed_at timestamptz,
  asked_at    timestamptz,
  asked_by    text check (length(asked_by) <= 60),
  constraint pack_version_proposed_whole check ((proposed is null) = (proposed_at is null)),
  constraint pack_version_asked_whole check ((asked_at is null) = (asked_by is null)),
  constraint pack_version_asked_of_proposed check (asked_by is null or proposed is not null)
);
comment on table services.pack_version is 'What the pack says of each service: what was dealt with here, and what waits for officers because they had changed the service.';
comment on column services.pack_version.settled is 'Published, equal to what officers published, merged by them or put aside. A later change of the pack is compared with it.';
comment on column services.pack_version.proposed is 'What the pack says now and is not published: two editors take it, merge it or put it aside.';
comment on column services.pack_version.asked_by is 'Who asked for it to be put aside: another editor agrees.';
grant select, insert, update on services.pack_version to app;

insert into services.pack_version (service, settled)
select distinct on (service) service, version
from services.publication
where published_by is null
order by service, number desc;

alter table services.definition_draft add column pack_version bytea references services.version;
comment on column services.definition_draft.pack_version is 'The change of the pack that is in it: dealt with once it is published.';
