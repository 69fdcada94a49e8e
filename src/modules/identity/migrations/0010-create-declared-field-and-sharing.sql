-- What a person says of themselves, which of it they left out when a service asked, and when services were told.

create table identity.declared_field (
  person_id  text not null references identity.person,
  field      text not null check (field ~ '^[a-z][a-z0-9_]{0,59}$'),
  sealed     bytea not null check (octet_length(sealed) <= 4000),
  changed_at timestamptz not null,
  primary key (person_id, field)
);
comment on table identity.declared_field is 'Fields of a profile that the person wrote themselves, each sealed for `person/<id>/<field>`. What is proven stands with its document.';
comment on column identity.declared_field.field is 'Its claim, as in OpenID Connect Core 1.0, §5.1, or one of the pack.';
grant select, insert, update, delete on identity.declared_field to app;

alter table identity.consent add column refused text[] not null default '{}';
comment on column identity.consent.fields is 'Which fields the service is told; `verified/` before one that is told with who verified it.';
comment on column identity.consent.refused is 'Fields that were asked for and left out, so that the person is not asked at every login.';
-- Until now a name went with its scope; who agreed to that agreed to the name.
update identity.consent set fields = '{name}' where 'profile' = any (scopes) and fields = '{}';

create table identity.sharing (
  id           uuid primary key default gen_random_uuid(),
  person_id    text not null references identity.person,
  client_id    text not null check (length(client_id) <= 100),
  way          text not null check (way in ('sign-in', 'refresh', 'filling')),
  fields       text[] not null check (cardinality(fields) between 1 and 100),
  token_hash   bytea constraint sharing_once_per_token unique check (octet_length(token_hash) = 32),
  receipt      jsonb,
  at           timestamptz not null default now(),
  collected_at timestamptz,
  constraint sharing_by_token_or_receipt check ((way = 'filling') = (token_hash is null) and (way = 'filling') = (receipt is not null))
);
comment on table identity.sharing is 'Every time a service was told fields of a person: which, and not their values. Deleted after 24 months.';
comment on column identity.sharing.token_hash is 'SHA-256 of the access token with which it was told, so that one token is one line.';
comment on column identity.sharing.receipt is 'Of a form filled in without a link to the account: the sentences that were shown, the service, the language, the purpose.';
comment on column identity.sharing.collected_at is 'When the service took what the person had agreed to; null until then.';
create index sharing_by_person on identity.sharing (person_id, at desc);
create index sharing_by_age on identity.sharing (at);
grant select, insert, delete on identity.sharing to app;
grant update (fields, collected_at) on identity.sharing to app;
