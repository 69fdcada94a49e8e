-- Acting for others: companies that people register, limits of what a member may do, mandates, and codes by which one is found.

create table identity.organisation (
  id          text primary key check (id ~ '^company-[0-9a-f]{16}$'),
  kind        text not null check (kind in ('company', 'association')),
  name        jsonb not null,
  number      text not null check (length(number) between 1 and 40),
  declared_by text not null references identity.person,
  declared_at timestamptz not null default now(),
  verified_by text,
  verified_at timestamptz,
  closed_at   timestamptz,
  check ((verified_by is null) = (verified_at is null)),
  constraint organisation_verified_by_another check (verified_by <> declared_by),
  constraint organisation_declared_once unique (kind, number, declared_by)
);
comment on table identity.organisation is 'Companies and associations that a person registered. Declared until an officer compared the number with the business register; those of the government stand in the pack.';
comment on column identity.organisation.number is 'Of the business register; the pack says how it looks. No number of a person.';
-- Whoever declares a number keeps nobody else from it: only the verified one is the one.
create unique index organisation_verified_once on identity.organisation (kind, number)
  where verified_at is not null and closed_at is null;
create index organisation_to_verify on identity.organisation (declared_at) where verified_at is null and closed_at is null;
grant select, insert on identity.organisation to app;
grant update (verified_by, verified_at, closed_at) on identity.organisation to app;

alter table identity.role_grant
  add column services text[] check (cardinality(services) between 1 and 50),
  add column cents_max bigint check (cents_max >= 0),
  -- Whoever is given a company accepts it themselves; everything else that needs approval gets it from somebody else.
  add constraint role_grant_approved_by_no_grantee check (approved_by <> person_id or role = 'owner'),
  add constraint role_grant_not_to_oneself check (granted_by <> person_id or role = 'owner'),
  -- A role of the government is never held in a company, nor the other way round.
  add constraint role_grant_fits_organisation
    check ((organisation ~ '^company-[0-9a-f]{16}$') = (role in ('owner', 'member', 'filler')));
comment on column identity.role_grant.services is 'To which services a member is limited; null for all that are not high-risk.';
comment on column identity.role_grant.cents_max is 'Most money that one act of the member may commit; null for no limit.';
create index role_grant_by_person on identity.role_grant (person_id) where withdrawn_at is null;

create table identity.mandate (
  id           uuid primary key default gen_random_uuid(),
  kind         text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  principal_id text not null references identity.person,
  agent_id     text not null references identity.person,
  services     text[] check (cardinality(services) between 1 and 50),
  granted_by   text not null references identity.person,
  granted_at   timestamptz not null default now(),
  confirmed_by text references identity.person,
  accepted_at  timestamptz,
  begins_at    timestamptz not null default now(),
  expires_at   timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  warned_at    timestamptz,
  check (expires_at > begins_at),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint mandate_for_another check (principal_id <> agent_id),
  constraint mandate_granted_by_no_agent check (granted_by <> agent_id),
  constraint mandate_of_others_is_confirmed check (granted_by = principal_id or confirmed_by is not null),
  constraint mandate_confirmed_by_another check (confirmed_by <> principal_id and confirmed_by <> agent_id)
);
comment on table identity.mandate is 'That one person may act in the name of another, for some services and a while. It counts from its acceptance to its end.';
comment on column identity.mandate.principal_id is 'In whose name is acted.';
comment on column identity.mandate.agent_id is 'Who acts.';
comment on column identity.mandate.services is 'To which services it is limited; null for all that are not high-risk.';
comment on column identity.mandate.confirmed_by is 'The officer who saw both and their papers, where the principal cannot grant it alone.';
create unique index mandate_once on identity.mandate (principal_id, agent_id) where withdrawn_at is null;
create index mandate_by_agent on identity.mandate (agent_id) where withdrawn_at is null;
create index mandate_by_end on identity.mandate (expires_at) where withdrawn_at is null and warned_at is null;
grant select, insert on identity.mandate to app;
grant update (accepted_at, withdrawn_by, withdrawn_at, warned_at) on identity.mandate to app;

create table identity.acting_code (
  person_id  text primary key references identity.person,
  lookup     bytea not null constraint acting_code_once unique,
  sealed     bytea not null,
  expires_at timestamptz not null
);
comment on table identity.acting_code is 'A short code that a person tells somebody who gives them a role or mandate, so that no list of people is needed. Good once, for a quarter of an hour.';
comment on column identity.acting_code.sealed is 'The code itself, so that its person can read it again.';
grant select, insert, update, delete on identity.acting_code to app;
