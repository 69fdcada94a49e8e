-- So that strangers, who know the public name of a client, cannot push out what its developer needs to see.
alter table identity.client_error
  add column proven boolean not null default false,
  add column count  integer not null default 1 check (count > 0);
comment on column identity.client_error.proven is 'Whether the request came with the client’s own proof, or from the browser of its developer.';
comment on column identity.client_error.count is 'How often the same was refused; the time and the request are those of the last.';
-- What was kept before says no more than the last of its kind.
delete from identity.client_error as earlier
using identity.client_error as later
where later.client_id = earlier.client_id and later.route = earlier.route and later.error = earlier.error
  and later.reason = earlier.reason and later.id > earlier.id;
drop index identity.client_error_by_client;
-- By a hash, since a reason may be longer than what an index holds.
create unique index client_error_once_per_reason
  on identity.client_error (client_id, proven, route, error, md5(reason));
grant update on identity.client_error to app;
