-- People who comment on a service and want an answer get one, and those who want to know are told when a service changes.
create table services.comment (
  number        text primary key check (length(number) <= 20),
  token         uuid not null unique,
  service       text not null check (length(service) <= 60),
  organisation  text not null check (length(organisation) <= 60),
  person_id     text check (length(person_id) <= 60),
  answer_by     text not null constraint comment_answer_by check (answer_by in ('inbox', 'code', 'none')),
  sealed_text   bytea not null check (length(sealed_text) <= 12000),
  sent_on       date not null,
  due_on        date not null,
  taken_by      text check (length(taken_by) <= 60),
  state         text not null default 'waiting'
                constraint comment_state check (state in ('waiting', 'answered', 'closed')),
  sealed_reply  bytea check (length(sealed_reply) <= 24000),
  reason        text constraint comment_reason check (reason in ('noted', 'elsewhere', 'repeated', 'unclear', 'abuse')),
  settled_on    date,
  settled_by    text check (length(settled_by) <= 60),
  constraint comment_settled_whole check ((state = 'waiting') = (settled_on is null) and (settled_on is null) = (settled_by is null)),
  constraint comment_reply_whole check ((state = 'answered') = (sealed_reply is not null)),
  constraint comment_reason_whole check ((state = 'closed') = (reason is not null)),
  constraint comment_person_whole check ((answer_by = 'inbox') = (person_id is not null))
);
comment on table services.comment is 'What people write of a service so that somebody answers. Days and no times of day; a person only where the answer goes to their inbox.';
comment on column services.comment.token is 'Made with the form, so that one that is sent twice counts once.';
comment on column services.comment.organisation is 'Whose officers answer: of the service as it was when the comment came.';
comment on column services.comment.answer_by is 'To the inbox, on the page that asks for number and code, or not at all.';
comment on column services.comment.due_on is 'The last working day on which an answer is in time.';
create index comment_of_organisation on services.comment (organisation, state, due_on, number);
create index comment_of_service on services.comment (service, sent_on);
create index comment_of_person on services.comment (person_id) where state = 'waiting' and person_id is not null;
create index comment_old on services.comment (sent_on);
grant select, insert, update, delete on services.comment to app;

create table services.subscription (
  person_id      text not null check (length(person_id) <= 60),
  service        text not null check (length(service) <= 60),
  told_number    integer not null check (told_number > 0),
  subscribed_at  timestamptz not null,
  primary key (person_id, service)
);
comment on table services.subscription is 'Who is told when another version of a service is published.';
comment on column services.subscription.told_number is 'Of the last version that the person knows: raised with the message that tells of it, in one transaction, so that each is told once.';
create index subscription_of_service on services.subscription (service, told_number);
grant select, insert, update, delete on services.subscription to app;
