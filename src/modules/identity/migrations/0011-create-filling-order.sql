-- Forms that a service asks a person to fill in without knowing who they are.

create table identity.filling_order (
  lookup        bytea primary key check (octet_length(lookup) = 32),
  client_id     text not null references identity.client,
  sealed        bytea not null check (octet_length(sealed) <= 20000),
  code_lookup   bytea constraint filling_order_once_per_code unique check (octet_length(code_lookup) = 32),
  sealed_values bytea check (octet_length(sealed_values) <= 60000),
  sharing_id    uuid references identity.sharing on delete cascade,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  constraint filling_order_agreed_whole check (
    (code_lookup is null) = (sealed_values is null) and (code_lookup is null) = (sharing_id is null))
);
comment on table identity.filling_order is 'Forms that wait for a person, and then for their service to collect the values once. Collected, refused and expired ones are deleted.';
comment on column identity.filling_order.lookup is 'SHA-256 of what stands in the link for the person.';
comment on column identity.filling_order.sealed is 'Sealed: the fields that are asked for, the purpose, the return address and the state.';
comment on column identity.filling_order.code_lookup is 'SHA-256 of the code that the browser brings back to the service.';
comment on column identity.filling_order.sealed_values is 'Sealed: what the person agreed to send, and nothing by which to know them.';
create index filling_order_by_client on identity.filling_order (client_id);
create index filling_order_by_sharing on identity.filling_order (sharing_id) where sharing_id is not null;
create index filling_order_by_expiry on identity.filling_order (expires_at);
grant select, insert, delete on identity.filling_order to app;
grant update (code_lookup, sealed_values, sharing_id, expires_at) on identity.filling_order to app;
