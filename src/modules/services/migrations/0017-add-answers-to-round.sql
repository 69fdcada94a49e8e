-- Day and place of a final are the same for all who come into it, and were written into each case by hand.
alter table services.round
  add column sealed_answers bytea check (length(sealed_answers) <= 2000000),
  add constraint round_answers_of_closed check (sealed_answers is null or state = 'closed');
comment on column services.round.sealed_answers is 'Sealed by the vault: what whoever confirmed the result answered for all cases. Null where its steps ask nothing.';
