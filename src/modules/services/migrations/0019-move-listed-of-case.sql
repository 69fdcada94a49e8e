-- Lists kept what was answered as texts in the language of the applicant, and guessed from those what was chosen.
alter table services.case rename column listed to listed_before;
alter table services.case alter column listed_before drop not null;
alter table services.case
  add column listed jsonb,
  add constraint case_listed_once check ((listed is null) <> (listed_before is null));
comment on column services.case.listed is 'Answers that officers see in lists, in clear, by their questions, and the version that asked them; all others are sealed.';
comment on column services.case.listed_before is 'Of a case of the time before: texts in the language of its applicant, until services.move-listed has put the answers in their place.';
comment on column services.case.search is 'Pairs of letters of what is listed, in every language, folded, by which it is found.';
create index case_listed_before on services.case (reference) where listed is null;
