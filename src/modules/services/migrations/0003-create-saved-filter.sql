-- Officers of a department look at the same lists day after day: they keep them under a name.
create table services.saved_filter (
  organisation  text not null check (length(organisation) <= 60),
  name          text not null check (length(name) between 1 and 60),
  query         text not null check (length(query) <= 500),
  saved_by      text not null check (length(saved_by) <= 60),
  saved_at      timestamptz not null,
  primary key (organisation, name)
);
comment on table services.saved_filter is 'Filters of the list of cases that a department keeps under a name, for all its officers.';
grant select, insert, update, delete on services.saved_filter to app;
