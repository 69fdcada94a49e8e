-- Browsers in which a person has signed in, so that they are told of a new one; and links to platforms that need no row in channel.

create table identity.known_browser (
  person_id text not null references identity.person,
  key       bytea not null check (octet_length(key) = 32),
  first_at  timestamptz not null default now(),
  used_at   timestamptz not null default now(),
  primary key (person_id, key)
);
comment on table identity.known_browser is 'In which browsers a person has signed in. Nothing of the browser stands here but a random cookie’s keyed hash.';
comment on column identity.known_browser.key is 'Keyed hash of the cookie with the person, so that two people of one browser cannot be joined.';
create index known_browser_by_use on identity.known_browser (used_at);
grant select, insert, delete on identity.known_browser to app;
grant update (used_at) on identity.known_browser to app;

-- A platform at which people sign in with their account here need not be one through which people sign in here.
alter table identity.channel_binding drop constraint channel_binding_channel_fkey;
comment on column identity.channel_binding.channel is 'A channel of the pack. Outbound it is reached by a client of ours that names it, and needs no row in channel.';
