-- A recovery is forgotten neither by what is added in its session, nor by a passkey that was added in it.

alter table identity.session
  add column recovered  boolean not null default false,
  add column binding_id uuid references identity.channel_binding;
comment on column identity.session.recovered is 'Whether a recovery code opened it, and no passkey that was known by then has confirmed it since.';
comment on column identity.session.binding_id is 'The link by which the person came from another platform; null for another way.';
update identity.session set recovered = methods @> array['otp'];

alter table identity.channel_binding add column known_at timestamptz not null default now();
update identity.channel_binding set known_at = bound_at;
comment on column identity.channel_binding.known_at is 'From when what it opens may be used for high-risk scopes, as of a passkey.';
