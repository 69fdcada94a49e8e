-- What departments and this platform write to a person's inbox, and how the person is told that something is there.

create table identity.inbox (
  person_id  text primary key references identity.person,
  code       text not null constraint inbox_code_once unique check (code ~ '^[2-9A-HJKMNP-Z]{10}$'),
  created_at timestamptz not null default now()
);
comment on table identity.inbox is 'The inbox code of a person, which they give to a department that wants to write to them. It tells nothing about the person.';
grant select, insert on identity.inbox to app;
grant update (code, created_at) on identity.inbox to app;

create table identity.message_batch (
  id              uuid primary key default gen_random_uuid(),
  organisation    text not null check (length(organisation) <= 60),
  idempotency_key text not null check (length(idempotency_key) between 1 and 100),
  request_hash    bytea not null check (length(request_hash) = 32),
  recipients      integer not null check (recipients between 1 and 1000),
  sent_by         text not null,
  sent_at         timestamptz not null default now(),
  constraint message_batch_once_per_key unique (organisation, idempotency_key)
);
comment on table identity.message_batch is 'One sending of one department to one or many people. Append-only. The same key is sent once, however often it is asked for.';
comment on column identity.message_batch.request_hash is 'HMAC of what was asked for: the same key with other content is refused.';
create index message_batch_by_organisation on identity.message_batch (organisation, sent_at desc);
grant select, insert on identity.message_batch to app;

create table identity.message (
  id                     uuid primary key,
  person_id              text not null references identity.person,
  kind                   text not null check (kind in ('message', 'alert')),
  organisation           text check (length(organisation) <= 60),
  service                text check (service ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(service) <= 60),
  batch_id               uuid references identity.message_batch,
  batch_position         integer check (batch_position >= 0),
  sealed_content         bytea,
  alert_kind             text check (alert_kind ~ '^[a-z]+(-[a-z]+)*$'),
  alert_values           jsonb,
  undo_path              text check (undo_path ~ '^/[^/\\]' and length(undo_path) <= 300),
  receipt_wanted         boolean not null default false,
  acknowledgement_wanted boolean not null default false,
  sent_at                timestamptz not null default now(),
  read_at                timestamptz,
  acknowledged_at        timestamptz,
  archived_at            timestamptz,
  constraint message_has_its_content check (
    case kind
      when 'message' then organisation is not null and sealed_content is not null and alert_kind is null
      else sealed_content is null and alert_kind is not null and alert_values is not null and organisation is null
    end),
  check ((batch_id is null) = (batch_position is null)),
  constraint message_acknowledged_after_reading check (acknowledged_at is null or (read_at is not null and acknowledgement_wanted))
);
comment on table identity.message is 'What lies in an inbox. What was sent never changes, by grant; only that it was read, acknowledged or archived is added.';
comment on column identity.message.organisation is 'Who sent it: an identifier of the pack. Null for an alert, which this platform sends.';
comment on column identity.message.sealed_content is 'Title, body, reference and link, sealed by the vault for `message/<id>`.';
comment on column identity.message.alert_values is 'What fills the sentence of the alert; nothing that tells who the person is.';
create index message_by_person on identity.message (person_id, sent_at desc);
create index message_unread on identity.message (person_id) where read_at is null and archived_at is null;
create unique index message_by_batch on identity.message (batch_id, batch_position) where batch_id is not null;
grant select, insert on identity.message to app;
grant update (read_at, acknowledged_at, archived_at) on identity.message to app;

create table identity.notification_preference (
  person_id  text not null references identity.person,
  sender     text not null check (sender ~ '^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$' and length(sender) <= 121),
  mail       boolean not null,
  push       boolean not null,
  changed_at timestamptz not null default now(),
  primary key (person_id, sender)
);
comment on table identity.notification_preference is 'Whether a person is told by mail or push of what a sender wrote. Where no row speaks, both are on.';
comment on column identity.notification_preference.sender is 'An organisation, one of its services as `organisation/service`, or `alerts`.';
grant select, insert on identity.notification_preference to app;
grant update (mail, push, changed_at) on identity.notification_preference to app;

create table identity.mail_address (
  person_id       text primary key references identity.person,
  id              uuid not null constraint mail_address_id_once unique,
  sealed_address  bytea not null,
  language        text not null check (language in ('en', 'zh-Hant', 'zh-Hans')),
  sealed_code     bytea,
  code_expires_at timestamptz,
  tries           smallint not null default 0 check (tries between 0 and 5),
  added_at        timestamptz not null default now(),
  confirmed_at    timestamptz,
  constraint mail_address_confirmed_or_waiting check ((confirmed_at is null) = (sealed_code is not null and code_expires_at is not null))
);
comment on table identity.mail_address is 'Where a person wants mail: one address, sealed for `mail-address/<id>`. No mail but the code goes there before it is confirmed.';
comment on column identity.mail_address.tries is 'How many wrong codes were typed; after five the code is dead.';
grant select, insert, update, delete on identity.mail_address to app;

create table identity.mail_code (
  id           bigint generated always as identity primary key,
  person_id    text not null references identity.person,
  address_hash bytea not null check (length(address_hash) = 32),
  sent_at      timestamptz not null default now()
);
comment on table identity.mail_code is 'That a code was sent, so that nobody can have a stranger’s address flooded. `address_hash` is a keyed hash.';
create index mail_code_by_person on identity.mail_code (person_id, sent_at);
create index mail_code_by_address on identity.mail_code (address_hash, sent_at);
grant select, insert, delete on identity.mail_code to app;

create table identity.push_subscription (
  id            uuid primary key,
  person_id     text not null references identity.person,
  endpoint_hash bytea not null constraint push_subscription_once unique check (length(endpoint_hash) = 32),
  sealed        bytea not null,
  language      text not null check (language in ('en', 'zh-Hant', 'zh-Hans')),
  device        text check (length(device) <= 300),
  created_at    timestamptz not null default now()
);
comment on table identity.push_subscription is 'Browsers that a person lets tell them of new messages. Address and keys are sealed for `push/<id>`.';
create index push_subscription_by_person on identity.push_subscription (person_id);
grant select, insert, delete on identity.push_subscription to app;

create table identity.push_key (
  id          smallint primary key default 1 check (id = 1),
  public_key  text not null,
  private_key bytea not null,
  created_at  timestamptz not null default now()
);
comment on table identity.push_key is 'With which this installation signs for push services (VAPID, RFC 8292). Append-only: one row, and its private key is sealed.';
grant select, insert on identity.push_key to app;

create table identity.notification (
  id              uuid primary key default gen_random_uuid(),
  channel         text not null check (channel in ('mail', 'push')),
  template        text not null check (template in ('message', 'alert', 'code')),
  person_id       text not null references identity.person,
  message_id      uuid references identity.message,
  subscription_id uuid references identity.push_subscription on delete cascade,
  state           text not null default 'queued' check (state in ('queued', 'sent', 'given-up')),
  tries           smallint not null default 0 check (tries >= 0),
  failure         text check (length(failure) <= 60),
  created_at      timestamptz not null default now(),
  next_try_at     timestamptz not null default now(),
  done_at         timestamptz,
  check ((state = 'queued') = (done_at is null)),
  check ((channel = 'push') = (subscription_id is not null)),
  check ((template = 'code') = (message_id is null))
);
comment on table identity.notification is 'The outbox: mails and pushes that are to go, went, or were given up. It holds no address and no text; both are read when it goes.';
comment on column identity.notification.failure is 'Why the last try failed: a code of SMTP or HTTP, or of the network.';
create index notification_due on identity.notification (next_try_at) where state = 'queued';
create index notification_by_person on identity.notification (person_id, created_at desc);
create index notification_done on identity.notification (done_at) where state <> 'queued';
grant select, insert, update, delete on identity.notification to app;
