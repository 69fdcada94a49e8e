-- Officers change definitions in the browser: what they typed is kept as it is, and judged when it is looked at.
create table services.definition_draft (
  service       text primary key check (service ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(service) <= 60),
  organisation  text not null check (length(organisation) <= 60),
  definition    jsonb not null check (length(definition::text) <= 2000000),
  based_on      bytea references services.version,
  begun_at      timestamptz not null,
  changed_at    timestamptz not null,
  changed_by    text not null check (length(changed_by) <= 60),
  asked_at      timestamptz,
  asked_by      text check (length(asked_by) <= 60),
  constraint definition_draft_asked_whole check ((asked_at is null) = (asked_by is null))
);
comment on table services.definition_draft is 'The next version of a service while it is written: one for each service, which all editors of its organisation share.';
comment on column services.definition_draft.definition is 'As it was typed, also where it is incomplete or wrong.';
comment on column services.definition_draft.based_on is 'The version from which it began; none for a new service.';
comment on column services.definition_draft.asked_by is 'Who asked for it to be published: another editor approves. Every change takes it back.';
create index definition_draft_of_organisation on services.definition_draft (organisation, changed_at desc);
grant select, insert, update, delete on services.definition_draft to app;

alter table services.application add column preview boolean not null default false;
comment on column services.application.preview is 'Begun by an editor on a version that may never be published, to see how it is to apply by it.';
-- The last guard: what an editor tries out never reaches an officer.
alter table services.application add constraint application_preview_is_not_sent check (not preview or state = 'draft');
