-- One receipt could serve two claims, of one grant or of two: what a claim rests on is known again by its file and by its number.
alter table services.grant_claim
  add column sealed_number bytea check (length(sealed_number) <= 400),
  add column number_lookup bytea check (length(number_lookup) = 32),
  add constraint grant_claim_number_whole check ((sealed_number is null) = (number_lookup is null));
comment on column services.grant_claim.number_lookup is 'A keyed hash of the number of the receipt without what is not a letter or a digit.';

-- Lists showed recipients in capitals, as ceilings count them.
alter table services.grant_agreement add column recipient_name text check (length(recipient_name) <= 200);
comment on column services.grant_agreement.recipient_name is 'As it was written. Null for agreements that were made before it was kept.';

create index grant_claim_of_number on services.grant_claim (number_lookup) where number_lookup is not null;
create index file_of_receipt on services.file (lookup) where question = 'grant_receipt';
create index grant_of_recipient on services.grant_agreement (recipient);
