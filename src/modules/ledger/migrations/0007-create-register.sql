-- Registers that departments keep on a log: their rules, their items, and every step of an item.

create table ledger.register (
  id  text primary key check (length(id) <= 60),
  log smallint not null references ledger.log
);
comment on table ledger.register is 'A register of the pack, and the log that its rules and steps stand in. Append-only.';
grant select, insert on ledger.register to app;

create table ledger.rule_set (
  register text not null references ledger.register,
  number   integer not null check (number > 0),
  leaf     bytea not null constraint rule_set_once_per_entry unique check (octet_length(leaf) = 32),
  entry    bytea not null check (octet_length(entry) <= 65535),
  set_at   timestamptz not null,
  primary key (register, number)
);
comment on table ledger.rule_set is 'Every version of the rules of a register, as its log holds them. The highest number counts for new proposals. Append-only.';
grant select, insert on ledger.rule_set to app;

create table ledger.item (
  register   text not null references ledger.register,
  number     text not null check (number ~ '^[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}$'),
  folded     jsonb not null,
  state      text generated always as (folded ->> 'state') stored,
  open_count integer not null generated always as (jsonb_array_length(folded -> 'open')) stored,
  holder     text check (length(holder) between 1 and 100),
  content    bytea,
  begun_at   timestamptz not null,
  changed_at timestamptz not null,
  primary key (register, number),
  constraint item_is_held_by_whom_its_entries_say check ((folded ->> 'heldAs' is null) = (holder is null))
);
comment on table ledger.item is 'An item of a register. `folded` is what its entries make of it, computed step by step, and again by `ledger replay`.';
comment on column ledger.item.holder is 'The person or organisation that holds it; which of both stands in `folded`.';
comment on column ledger.item.content is 'What its fields hold now, sealed by the vault. Null after it was erased.';
create index item_by_change on ledger.item (register, changed_at desc, number);
create index item_by_holder on ledger.item (holder, changed_at desc) where holder is not null;
create index item_with_proposals on ledger.item (register, changed_at desc) where open_count > 0;
grant select, insert on ledger.item to app;
grant update (folded, holder, content, changed_at) on ledger.item to app;

create table ledger.item_value (
  register text not null,
  field    text not null check (length(field) <= 60),
  lookup   bytea not null check (octet_length(lookup) = 32),
  number   text not null,
  constraint item_value_once_per_register primary key (register, field, lookup),
  foreign key (register, number) references ledger.item
);
comment on table ledger.item_value is 'What no two items of a register may share, as a keyed hash by which an item is found.';
create index item_value_by_item on ledger.item_value (register, number);
grant select, insert, delete on ledger.item_value to app;

create table ledger.step (
  leaf      bytea primary key check (octet_length(leaf) = 32),
  register  text not null,
  number    text not null,
  place     integer not null check (place > 0),
  kind      text not null check (kind in ('step-proposed', 'step-approved', 'step-refused')),
  step      text not null check (length(step) <= 60),
  party     text not null check (length(party) <= 60),
  took_effect boolean not null,
  proposal  bytea references ledger.step,
  entry     bytea not null check (octet_length(entry) <= 65535),
  salt      bytea,
  content   bytea,
  acted_by  text not null check (length(acted_by) between 1 and 100),
  organisation text check (length(organisation) <= 100),
  acted_at  timestamptz not null,
  token     uuid not null,
  constraint step_once_per_form unique (acted_by, token),
  constraint step_once_per_place unique (register, number, place),
  constraint step_is_erased_whole check ((salt is null) = (content is null)),
  constraint step_answers_a_proposal check ((kind = 'step-proposed') = (proposal is null)),
  foreign key (register, number) references ledger.item
);
comment on table ledger.step is 'Every entry of an item: what was proposed, approved or refused, with what its commitment holds. Append-only but for erasing.';
comment on column ledger.step.token is 'Made with the form, so that one that is sent twice is one entry.';
comment on column ledger.step.content is 'What was said: fields, reason, who; sealed by the vault. Null after it was erased, with the salt: the entry stands, and says nothing of it any more.';
create index step_by_proposal on ledger.step (proposal) where proposal is not null;
grant select, insert on ledger.step to app;
grant update (salt, content) on ledger.step to app;

create table ledger.invitation (
  proposal bytea primary key references ledger.step,
  lookup   bytea not null constraint invitation_once_per_code unique check (octet_length(lookup) = 32),
  code     bytea not null
);
comment on table ledger.invitation is 'The code by which whoever is to hold an item finds the proposal and approves it. `code` is sealed, for who proposed it; `lookup` is a keyed hash. Deleted when the proposal ends.';
grant select, insert, delete on ledger.invitation to app;
