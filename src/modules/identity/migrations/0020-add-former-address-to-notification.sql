-- An alert that was queued for a mail address goes there, also when the address is taken away or replaced before it went:
-- whose address it was is told of just that.

alter table identity.notification
  add column former_id       uuid,
  add column former_address  bytea,
  add column former_language text;
comment on table identity.notification is 'The outbox: mails and pushes that are to go, went, or were given up. It holds no text, and an address only while an alert waits for one that is its person’s no more.';
comment on column identity.notification.former_id is 'Of the mail address that was taken away or replaced, as in mail_address; null where mail goes to the one that stands there.';
comment on column identity.notification.former_address is 'Sealed as in mail_address; gone once the mail went or was given up.';
comment on column identity.notification.former_language is 'As in mail_address.';
