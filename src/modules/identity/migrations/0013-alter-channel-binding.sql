-- A platform at which people sign in with their account here need not be one through which people sign in here.

alter table identity.channel_binding drop constraint channel_binding_channel_fkey;
comment on column identity.channel_binding.channel is 'A channel of the pack. Outbound it is reached by a client of ours that names it, and needs no row in channel.';
