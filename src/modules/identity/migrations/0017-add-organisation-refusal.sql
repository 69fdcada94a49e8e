-- A registration that does not agree with the business register is refused with a reason; its owner corrects or withdraws it.
alter table identity.organisation
  add column refused_by text,
  add column refused_at timestamptz,
  add column refused_reason text check (refused_reason ~ '^[a-z]+(-[a-z]+)*$'),
  add constraint organisation_refused_with_reason
    check ((refused_by is null) = (refused_at is null) and (refused_by is null) = (refused_reason is null)),
  add constraint organisation_refused_by_another check (refused_by <> declared_by),
  add constraint organisation_verified_or_refused check (verified_at is null or refused_at is null);
comment on column identity.organisation.refused_reason is 'Why an officer found that it does not agree with the register, for its owner; gone when they correct it.';
comment on column identity.organisation.declared_at is 'When it was last said to be so: an officer verifies or refuses what they saw, and nothing that was corrected since.';
-- What was withdrawn can be registered again.
alter table identity.organisation drop constraint organisation_declared_once;
create unique index organisation_declared_once on identity.organisation (kind, number, declared_by) where closed_at is null;
drop index identity.organisation_to_verify;
create index organisation_to_verify on identity.organisation (declared_at)
  where verified_at is null and refused_at is null and closed_at is null;
grant update (kind, name, number, declared_at, refused_by, refused_at, refused_reason) on identity.organisation to app;
