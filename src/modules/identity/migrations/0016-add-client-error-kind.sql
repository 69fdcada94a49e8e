-- So that what a stranger writes into requests does not make as many refusals, each of its own.
alter table identity.client_error add column alike text check (length(alike) <= 500);
update identity.client_error set alike = reason;
alter table identity.client_error alter column alike set not null;
comment on column identity.client_error.alike is 'What refusals share that count as the same: of the proven the reason, of the others without what its sender may have chosen.';
drop index identity.client_error_once_per_reason;
create unique index client_error_once_per_kind
  on identity.client_error (client_id, proven, route, error, md5(alike));
