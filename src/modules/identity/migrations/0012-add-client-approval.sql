-- What developers do with their clients: two secrets while one is replaced, suspension, deletion, and approval by an officer.

alter table identity.client
  add column powers            text[] not null default '{}',
  add column secret_hidden_at  timestamptz,
  add column former_secret     bytea,
  add column former_ends_at    timestamptz,
  add column live_at           timestamptz,
  add column suspended_by      text check (suspended_by in ('developer', 'officer', 'pack')),
  add column deleted_at        timestamptz,
  add constraint client_former_secret_ends check ((former_secret is null) = (former_ends_at is null)),
  add constraint client_suspended_by_somebody check (suspended_by is null or state = 'suspended'),
  add constraint client_deleted_is_suspended check (deleted_at is null or (state = 'suspended' and secret is null and former_secret is null)),
  add constraint client_power_is_high_risk check (powers = '{}' or high_risk);
comment on column identity.client.powers is 'What of high risk an officer approved: the powers of the module’s list.';
comment on column identity.client.secret_hidden_at is 'Until when the developer may still see a secret that was just made.';
comment on column identity.client.former_secret is 'Sealed: the secret before, which works until former_ends_at, so that a running service can take the new one.';
comment on column identity.client.live_at is 'When an officer approved that it is used outside of trials; a suspended client comes back as what it was.';
comment on column identity.client.suspended_by is 'Who may let it ask again: whom an officer stopped, no developer starts.';

create table identity.client_request (
  id           uuid primary key default gen_random_uuid(),
  client_id    text not null references identity.client,
  asked_by     text not null references identity.person,
  organisation text not null check (length(organisation) between 1 and 160),
  purpose      text not null check (length(purpose) between 1 and 2000),
  powers       text[] not null default '{}',
  asked_at     timestamptz not null default now(),
  decided_by   text,
  decided_at   timestamptz,
  approved     boolean,
  reason       text check (length(reason) between 1 and 1000),
  constraint client_request_decided_whole check (
    (decided_by is null) = (decided_at is null) and (decided_by is null) = (approved is null)),
  constraint client_request_decided_by_another check (decided_by <> asked_by),
  constraint client_request_refused_with_reason check (approved is distinct from false or reason is not null)
);
comment on table identity.client_request is 'What developers asked officers to approve of a client, and how it was decided: never by who asked.';
create unique index client_request_open_once on identity.client_request (client_id) where decided_at is null;
create index client_request_by_client on identity.client_request (client_id, asked_at);
grant select, insert on identity.client_request to app;
grant update (decided_by, decided_at, approved, reason) on identity.client_request to app;
