-- What lists say of a Head, kept, so that a list of thousands reads none of their documents.

create table estimates.head_line (
  document_id  bigint not null references estimates.document,
  exception_id bigint not null check (exception_id >= 0),
  checker      text not null check (checker ~ '^[0-9a-f]{64}$'),
  programmes   integer not null,
  estimate     jsonb,
  dollars      numeric,
  holds        integer not null,
  rounding     integer not null,
  fails        integer not null,
  unknown      integer not null,
  explained    integer not null,
  derived      integer not null,
  inferred     integer not null,
  ambiguous    integer not null,
  missing      integer not null,
  primary key (document_id, exception_id, checker)
);
comment on table estimates.head_line is 'What checking a document found, in numbers. Follows from its key alone, so a row never changes; one that is missing is made again.';
comment on column estimates.head_line.exception_id is 'The newest explained exception of its Head that was known; 0 for none.';
comment on column estimates.head_line.checker is 'SHA-256 of the program''s checker: another checker may find something else.';
comment on column estimates.head_line.estimate is 'The cell of the Head''s estimate, where the document has one; `dollars` is its amount.';
grant select, insert on estimates.head_line to app;
