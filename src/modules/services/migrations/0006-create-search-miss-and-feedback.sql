-- Departments learn what people look for and do not find, and whether a service was of use to them, without learning who they are.
create table services.search_miss (
  asked_on  date not null,
  language  text not null check (language in ('en', 'zh-Hant', 'zh-Hans')),
  asked     text not null check (length(asked) between 1 and 100),
  times     integer not null default 1 check (times > 0),
  primary key (asked_on, language, asked)
);
comment on table services.search_miss is 'Searches that found nothing, counted by day. Of nobody: no person, no address, no time of day.';
comment on column services.search_miss.asked is 'Folded as searching compares it.';
grant select, insert, update, delete on services.search_miss to app;

create table services.feedback (
  token     uuid primary key,
  service   text not null check (length(service) <= 60),
  place     text not null constraint feedback_place check (place in ('page', 'receipt', 'outcome')),
  useful    boolean not null,
  comment   text check (length(comment) between 1 and 1000),
  given_on  date not null
);
comment on table services.feedback is 'Whether a service was useful, by whoever says so. Of nobody: no person, no address, no time of day.';
comment on column services.feedback.token is 'Made with the form, so that one that is sent twice counts once.';
comment on column services.feedback.place is 'Where it was asked: on the page of the service, after sending, or after the decision.';
create index feedback_of_service on services.feedback (service, given_on desc);
grant select, insert, delete on services.feedback to app;
