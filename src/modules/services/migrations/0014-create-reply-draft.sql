-- An officer may ask for files. What a person writes and sends for the answer is kept until they send it, so that nothing is lost
-- between one file and the next; until then nobody else sees it.
create table services.reply_draft (
  reference   text not null references services.case,
  person_id   text not null check (length(person_id) <= 60),
  sealed_text bytea not null,
  changed_at  timestamptz not null,
  primary key (reference, person_id)
);
comment on table services.reply_draft is 'What a person has written of an answer to an officer and not sent yet. It goes when the question no longer waits.';
grant select, insert, update, delete on services.reply_draft to app;

alter table services.file
  add column reply_to text references services.case,
  add column unsent_by text check (length(unsent_by) <= 60),
  drop constraint file_once_for_a_question,
  add constraint file_once_for_a_question unique nulls not distinct (application, question, thing, lookup, unsent_by),
  add constraint file_unsent_is_of_a_reply check (unsent_by is null or reply_to is not null);
comment on column services.file.reply_to is 'The case whose officer asked for it; null for files of the form. `thing` is then the asking.';
comment on column services.file.unsent_by is 'Who has sent it for an answer that they have not sent yet: nobody else sees it, and it goes when the question no longer waits.';
create index file_of_a_reply on services.file (reply_to) where reply_to is not null;
