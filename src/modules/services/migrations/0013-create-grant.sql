-- Money that a department grants: what was agreed, what is claimed and moved, what is reported, and what is left at the end.
create table services.grant_total (
  service         text not null check (length(service) <= 60),
  recipient       text not null check (length(recipient) <= 200),
  reserved_cents  bigint not null,
  max_cents       bigint not null,
  primary key (service, recipient),
  constraint grant_within_ceiling check (reserved_cents between 0 and max_cents)
);
comment on table services.grant_total is 'What is reserved of a ceiling: two officers who grant at once wait for one row, and the second is refused.';
comment on column services.grant_total.recipient is 'Whose ceiling it is, as a school by its code; empty for the sum of the whole programme.';
comment on column services.grant_total.reserved_cents is 'What was granted, less what agreements that are closed left unspent.';
grant select, insert, update on services.grant_total to app;

create table services.grant_agreement (
  reference       text primary key references services.case,
  service         text not null check (length(service) <= 60),
  organisation    text not null check (length(organisation) <= 60),
  recipient       text not null check (length(recipient) between 1 and 200),
  initiative      text check (length(initiative) <= 100),
  granted_cents   bigint not null check (granted_cents > 0),
  made_at         timestamptz not null,
  accepted_at     timestamptz,
  accepted_by     text check (length(accepted_by) <= 60),
  closed_at       timestamptz,
  closed_by       text check (length(closed_by) <= 60),
  unspent_cents   bigint check (unspent_cents >= 0),
  return_cents    bigint check (return_cents >= 0),
  constraint grant_accepted_whole check ((accepted_at is null) = (accepted_by is null)),
  constraint grant_closed_whole check (num_nulls(closed_at, closed_by, unspent_cents, return_cents) in (0, 4)),
  constraint grant_unspent_is_part check (unspent_cents <= granted_cents and return_cents <= unspent_cents)
);
comment on table services.grant_agreement is 'What a case was granted: made in the transaction of its decision, accepted by its person, closed by an officer.';
comment on column services.grant_agreement.initiative is 'Of the Estimates, as 2023-24/47/school-it: what it is paid from.';
comment on column services.grant_agreement.unspent_cents is 'Granted and not claimed; it goes back into the ceilings.';
comment on column services.grant_agreement.return_cents is 'The part of it that had been payable, and is to be returned.';
create index grant_of_organisation on services.grant_agreement (organisation, made_at);
create index grant_of_initiative on services.grant_agreement (initiative) where initiative is not null;
grant select, insert, update on services.grant_agreement to app;

create table services.grant_line (
  reference      text not null references services.grant_agreement,
  line           integer not null check (line between 1 and 100),
  category       text check (length(category) <= 60),
  granted_cents  bigint not null check (granted_cents >= 0),
  primary key (reference, line)
);
comment on table services.grant_line is 'The budget of an agreement: each line of the application with its share of what was granted.';
grant select, insert on services.grant_line to app;

create table services.grant_instalment (
  reference      text not null references services.grant_agreement,
  id             text not null check (length(id) <= 60),
  position       integer not null,
  cents          bigint not null check (cents >= 0),
  state          text not null default 'waiting'
                 constraint grant_instalment_state check (state in ('waiting', 'proposed', 'payable', 'lapsed')),
  proposed_by    text check (length(proposed_by) <= 60),
  confirmed_by   text check (length(confirmed_by) <= 60),
  payable_at     timestamptz,
  payable_cents  bigint check (payable_cents between 0 and cents),
  primary key (reference, id),
  constraint grant_instalment_four_eyes check (proposed_by is distinct from confirmed_by or proposed_by is null),
  constraint grant_instalment_payable_whole check ((state = 'payable') = (num_nulls(confirmed_by, payable_at, payable_cents) = 0))
);
comment on table services.grant_instalment is 'Parts in which a grant is paid. Payable is as far as it goes here: nothing is paid by this module.';
comment on column services.grant_instalment.payable_cents is 'The last one pays no more than was spent and is not covered yet.';
grant select, insert, update on services.grant_instalment to app;

create table services.grant_claim (
  id           uuid primary key,
  reference    text not null,
  line         integer not null,
  cents        bigint not null check (cents > 0),
  spent_on     date not null,
  state        text not null default 'sent' constraint grant_claim_state check (state in ('sent', 'accepted', 'refused')),
  sent_at      timestamptz not null,
  checked_at   timestamptz,
  checked_by   text check (length(checked_by) <= 60),
  sealed_note  bytea,
  foreign key (reference, line) references services.grant_line,
  constraint grant_claim_checked_whole check ((state = 'sent') = (checked_at is null) and (checked_at is null) = (checked_by is null))
);
comment on table services.grant_claim is 'What was spent of a line, with its receipt among the files of the application under the same id.';
comment on column services.grant_claim.sealed_note is 'Why an officer refused it.';
create index grant_claim_of_agreement on services.grant_claim (reference, sent_at);
grant select, insert, update on services.grant_claim to app;

create table services.grant_virement (
  id             uuid primary key,
  reference      text not null,
  from_line      integer not null,
  to_line        integer not null,
  cents          bigint not null check (cents > 0),
  state          text not null constraint grant_virement_state check (state in ('free', 'asked', 'approved', 'refused')),
  sealed_reason  bytea not null,
  asked_at       timestamptz not null,
  decided_at     timestamptz,
  decided_by     text check (length(decided_by) <= 60),
  foreign key (reference, from_line) references services.grant_line,
  foreign key (reference, to_line) references services.grant_line,
  constraint grant_virement_between_two check (from_line <> to_line),
  constraint grant_virement_decided_whole check ((state in ('approved', 'refused')) = (num_nulls(decided_at, decided_by) = 0))
);
comment on table services.grant_virement is 'Money moved from one line of a budget to another: free up to the share that the programme allows, asked beyond it.';
create index grant_virement_of_agreement on services.grant_virement (reference, asked_at);
grant select, insert, update on services.grant_virement to app;

create table services.grant_report (
  reference       text not null references services.grant_agreement,
  kind            text not null constraint grant_report_kind check (kind in ('interim', 'final')),
  due_on          date not null,
  state           text not null default 'open' constraint grant_report_state check (state in ('open', 'sent', 'accepted')),
  sealed_answers  bytea,
  sealed_note     bytea,
  sent_at         timestamptz,
  checked_by      text check (length(checked_by) <= 60),
  primary key (reference, kind),
  constraint grant_report_sent_whole check (state = 'open' or num_nulls(sealed_answers, sent_at) = 0)
);
comment on table services.grant_report is 'Reports that an agreement owes. One that an officer sends back is open again, with what is missing.';
grant select, insert, update on services.grant_report to app;
