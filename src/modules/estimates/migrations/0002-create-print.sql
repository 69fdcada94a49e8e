-- PDFs take seconds to make, so that each is made once.

create table estimates.print (
  page    text primary key check (page ~ '^[0-9a-f]{64}$'),
  file    text not null check (file ~ '^[0-9a-f]{64}$'),
  bytes   integer not null check (bytes > 0),
  made_at timestamptz not null default now()
);
comment on table estimates.print is 'PDFs that were made, by the SHA-256 of the page that each prints: another page is another PDF.';
comment on column estimates.print.file is 'SHA-256 of the PDF, its address among the files.';
grant select, insert on estimates.print to app;
