-- The page before an application read the whole table for each browser, and each page that was answered wrote into every index.
create index application_of_browser on services.application (browser_hash) where browser_hash is not null and state = 'draft';

-- Without the time of the last change, and with room on its page, a row that changes stays where all indexes find it (heap-only tuples).
drop index services.application_of_person;
create index application_of_person on services.application (person_id) where person_id is not null;
drop index services.application_of_organisation;
create index application_of_organisation on services.application (organisation) where organisation is not null and state = 'sent';
alter table services.application set (fillfactor = 70);
