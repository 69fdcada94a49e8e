-- Hours in which a person wants no mail and no push, beside those of the government, in which phones stay silent for everybody.

create table identity.quiet_time (
  person_id   text primary key references identity.person,
  quiet_from  text not null check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text not null check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  changed_at  timestamptz not null default now(),
  constraint quiet_time_ends check (quiet_from <> quiet_until)
);
comment on table identity.quiet_time is 'When a person is sent neither mail nor push of what can wait, by the clock of the government; it goes when they end. Codes and alarms of the account go at once. Where no row speaks, only the government’s own hours count.';
comment on column identity.quiet_time.quiet_until is 'The first minute that is not quiet; before quiet_from where the hours go over midnight.';
grant select, insert, delete on identity.quiet_time to app;
grant update (quiet_from, quiet_until, changed_at) on identity.quiet_time to app;
