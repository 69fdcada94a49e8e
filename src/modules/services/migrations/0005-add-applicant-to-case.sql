-- A case of a company is its members' to see, and some services take only one open application of each applicant.
alter table services.case add column for_organisation text check (length(for_organisation) <= 60);
alter table services.case add column once boolean not null default false;
comment on column services.case.for_organisation is 'In whose name it was sent, where that is not the person’s own: whoever acts for it sees the case.';
comment on column services.case.once is 'Whether the applicant may have only one open case of this service, by the version of the case.';
-- The last guard, also against two that are sent at one moment.
create unique index case_once_is_open
  on services.case (service, (coalesce('organisation ' || for_organisation, 'person ' || person_id)))
  where once and ended_at is null;
create index application_of_organisation on services.application (organisation, changed_at desc)
  where organisation is not null and state = 'sent';
