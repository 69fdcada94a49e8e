-- The first tables: who is signed in, what was done, and what the figures were.

create table platform.session (
  id         text primary key,
  person     jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table platform.session is 'Signed-in people. `id` is the SHA-256 of what the cookie holds, so that a copy of this table signs nobody in.';
comment on column platform.session.person is 'Person as in platform/session.ts: id, names, organisation, permissions.';
create index session_by_expiry on platform.session (expires_at);
grant select, insert, update, delete on platform.session to app;

create table platform.audit_event (
  id           bigint generated always as identity primary key,
  at           timestamptz not null default clock_timestamp(),
  event        text not null check (event ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  actor        text not null,
  organisation text,
  subject      text not null,
  request      text,
  detail       jsonb not null default '{}'
);
comment on table platform.audit_event is 'Every state-changing act, written in the transaction of the act. Append-only: the grant below is the whole of it.';
comment on column platform.audit_event.actor is 'Identifier of the person, or `system`; never a name.';
grant select, insert on platform.audit_event to app;

create table platform.audit_link (
  position bigint primary key check (position >= 0),
  event_id bigint not null constraint audit_event_linked_once unique references platform.audit_event,
  hash     bytea not null check (octet_length(hash) = 32)
);
comment on table platform.audit_link is 'The chain over the audit trail: each hash covers the one before and the event, so that a change of any earlier event shows. Append-only.';
grant select, insert on platform.audit_link to app;

create table platform.figure_reading (
  figure text not null,
  on_day date not null,
  value  double precision not null,
  primary key (figure, on_day)
);
comment on table platform.figure_reading is 'One reading of each numeric figure per day, for sparklines.';
grant select, insert, update on platform.figure_reading to app;
