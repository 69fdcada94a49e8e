-- Who holds the key of a channel signs in as everybody who is linked by it: no officer changes it alone.

create table identity.channel_change (
  id         uuid primary key default gen_random_uuid(),
  channel    text not null check (length(channel) <= 60),
  protocol   text not null check (protocol in ('openid', 'envelope')),
  address    text not null check (length(address) <= 2000),
  client_id  text not null check (length(client_id) <= 200),
  secret     bytea,
  peer_key   text check (length(peer_key) <= 2000),
  open       boolean not null,
  asked_by   text not null references identity.person,
  asked_at   timestamptz not null default now(),
  decided_by text references identity.person,
  decided_at timestamptz,
  approved   boolean,
  constraint channel_change_decided_whole check (
    (decided_by is null) = (decided_at is null) and (decided_by is null) = (approved is null)),
  constraint channel_change_approved_by_another check (approved is not true or decided_by <> asked_by),
  constraint channel_change_secret_goes_on check (decided_at is null or secret is null)
);
comment on table identity.channel_change is 'How an officer wants a channel to be reached. It counts once another one approved it; decided ones stay, as who set a channel up is proven by it in nothing.';
comment on column identity.channel_change.secret is 'Sealed as in channel, where it goes when the change is approved; null keeps the one that is there.';
comment on column identity.channel_change.peer_key is 'As in channel; null keeps the one that is there.';
create unique index channel_change_open_once on identity.channel_change (channel) where decided_at is null;
create index channel_change_by_channel on identity.channel_change (channel, asked_at);
grant select, insert on identity.channel_change to app;
grant update (secret, decided_by, decided_at, approved) on identity.channel_change to app;
