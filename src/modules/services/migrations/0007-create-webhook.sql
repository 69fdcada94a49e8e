-- Departments let other systems know what happens to cases: where to, and an outbox of what has to go there.
create table services.webhook (
  id                     uuid primary key,
  organisation           text not null check (length(organisation) <= 60),
  address                text not null check (length(address) <= 500),
  kinds                  text[] not null check (cardinality(kinds) between 1 and 20),
  services               text[] not null check (cardinality(services) between 1 and 100),
  sealed_secret          bytea not null check (length(sealed_secret) <= 200),
  sealed_previous        bytea check (length(sealed_previous) <= 200),
  previous_until_at      timestamptz,
  paused_at              timestamptz,
  pause_reason           text constraint webhook_pause_reason check (pause_reason in ('officer', 'gone')),
  rest_until_at          timestamptz,
  created_at             timestamptz not null,
  created_by             text not null check (length(created_by) <= 60),
  constraint webhook_previous_whole check ((sealed_previous is null) = (previous_until_at is null)),
  constraint webhook_paused_whole check ((paused_at is null) = (pause_reason is null))
);
comment on table services.webhook is 'Addresses of departments that are told what happens to cases of their services.';
comment on column services.webhook.kinds is 'The kinds of messages that it takes, as case.withdrawn.';
comment on column services.webhook.sealed_previous is 'The secret before the last rotation, which also signs until previous_until_at.';
comment on column services.webhook.pause_reason is 'Whether an officer paused it, or its address answered that it is gone (410).';
comment on column services.webhook.rest_until_at is 'Until when nothing is sent, as a try failed: one that is down is not called for every message that waits.';
create index webhook_of_service on services.webhook using gin (services);
create index webhook_of_organisation on services.webhook (organisation, created_at);
grant select, insert, update, delete on services.webhook to app;

create table services.webhook_delivery (
  id              uuid primary key,
  webhook         uuid not null references services.webhook on delete cascade,
  reference       text references services.case,
  number          integer,
  kind            text not null check (length(kind) <= 40),
  payload         text not null check (length(payload) <= 2000),
  state           text not null default 'waiting'
                  constraint webhook_delivery_state check (state in ('waiting', 'delivered', 'given-up')),
  tries           integer not null default 0,
  created_at      timestamptz not null,
  since_at        timestamptz not null,
  next_at         timestamptz not null,
  lease_until_at  timestamptz,
  last_at         timestamptz,
  last_result     text check (length(last_result) <= 60),
  settled_at      timestamptz,
  constraint webhook_delivery_once_per_event unique (webhook, reference, number),
  constraint webhook_delivery_of_event check ((reference is null) = (number is null)),
  constraint webhook_delivery_settled_whole check ((state = 'waiting') = (settled_at is null))
);
comment on table services.webhook_delivery is 'The outbox of webhooks: written with the event of a case, drained by a job, deleted after 30 days.';
comment on column services.webhook_delivery.id is 'Also the webhook-id of every try, by which a receiver knows a repetition.';
comment on column services.webhook_delivery.reference is 'The case; none for a message that an officer sent as a test.';
comment on column services.webhook_delivery.number is 'Of the event of the case; messages of one case go in this order.';
comment on column services.webhook_delivery.payload is 'The body as it is signed and sent, letter by letter the same at each try. Holds no personal data.';
comment on column services.webhook_delivery.since_at is 'From when the days are counted after which it is given up.';
comment on column services.webhook_delivery.lease_until_at is 'Until when a process is taken to be sending it. One that died leaves it to the next.';
comment on column services.webhook_delivery.last_result is 'The status of the last answer, or what failed instead.';
create index webhook_delivery_due on services.webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_before on services.webhook_delivery (webhook, reference, number) where state = 'waiting';
create index webhook_delivery_newest on services.webhook_delivery (webhook, created_at desc, id);
create index webhook_delivery_given_up on services.webhook_delivery (webhook) where state = 'given-up';
create index webhook_delivery_of_case on services.webhook_delivery (reference) where reference is not null;
create index webhook_delivery_old on services.webhook_delivery (created_at);
grant select, insert, update, delete on services.webhook_delivery to app;
