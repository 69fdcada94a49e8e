-- The Estimates: documents as imported, every number of them, what checking found, and explained differences.

create table estimates.document (
  id            bigint generated always as identity primary key,
  year          text not null check (year ~ '^[0-9]{4}-[0-9]{2}$'),
  head          text not null check (head ~ '^[1-9][0-9]{0,2}$'),
  language      text not null check (language in ('zh-Hant', 'en')),
  title         text not null,
  source_kind   text not null check (source_kind in ('text', 'table', 'pack')),
  source_name   text not null,
  source_sha256 text not null check (source_sha256 ~ '^[0-9a-f]{64}$'),
  source_lines  integer not null check (source_lines >= 0),
  sha256        text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content       jsonb not null,
  imported_at   timestamptz not null default now(),
  imported_by   text not null,
  constraint document_imported_once unique (year, head, language, source_kind, sha256)
);
comment on table estimates.document is 'One Head of one year as one source gives it. Never changed: another import is another row.';
comment on column estimates.document.content is 'EstimatesDocument of types.ts without its cells, which stand in estimates.cell.';
comment on column estimates.document.source_sha256 is 'Of the source''s bytes.';
comment on column estimates.document.sha256 is 'Of the document with its cells: what was read, and not only from what. The reason why importing twice is the same as once, and why the same file read by another mapping is not.';
comment on column estimates.document.imported_by is 'Identifier of the person, or `system` for the pack.';
create index document_by_head on estimates.document (head, year);
grant select, insert on estimates.document to app;

create table estimates.import (
  id            bigint generated always as identity primary key,
  source_name   text not null,
  source_sha256 text not null check (source_sha256 ~ '^[0-9a-f]{64}$'),
  mapping       text check (length(mapping) <= 200000),
  findings      jsonb not null,
  imported_by   text not null,
  imported_at   timestamptz not null default now()
);
comment on table estimates.import is 'One file that somebody imported and that changed something. Append-only.';
comment on column estimates.import.mapping is 'How a table file was read, as it was sent; null for text.';
comment on column estimates.import.findings is 'What belongs to the file and to none of its Heads: rows without a year, columns that nothing reads.';
grant select, insert on estimates.import to app;

create table estimates.publication (
  id           bigint generated always as identity primary key,
  document_id  bigint not null references estimates.document,
  import_id    bigint not null references estimates.import,
  published_by text not null,
  published_at timestamptz not null default now()
);
comment on table estimates.publication is 'Which imported document counts: the newest publication of its year, Head and language. Append-only, so an earlier import can count again.';
create index publication_by_document on estimates.publication (document_id);
create index publication_by_import on estimates.publication (import_id);
grant select, insert on estimates.publication to app;

create table estimates.cell (
  document_id bigint not null references estimates.document,
  position    integer not null check (position >= 0),
  id          text not null,
  place       text not null,
  subject     text not null,
  measure     text not null,
  "when"      text not null,
  phase       text not null,
  base_when   text,
  base_phase  text,
  unit        text not null,
  steps       bigint,
  decimals    smallint not null check (decimals between 0 and 6),
  nil         boolean not null,
  printed     text,
  line_from   integer not null check (line_from >= 1),
  line_to     integer not null,
  status      text not null check (status in ('printed', 'derived', 'inferred', 'ambiguous', 'missing')),
  marks       text[] not null,
  because     text[] not null,
  primary key (document_id, id),
  constraint cell_lines_in_order check (line_to >= line_from),
  constraint cell_base_whole check ((base_when is null) = (base_phase is null)),
  constraint cell_known_if_printed check (status <> 'printed' or (steps is not null and printed is not null))
);
comment on table estimates.cell is 'Every number of a document, and every hole where one was, with what it measures and where it stands.';
comment on column estimates.cell.steps is 'The number in steps of the unit''s last printed decimal: 1,031.2 million is 10312 with 1 decimal. Exact.';
create index cell_by_subject on estimates.cell (subject, measure, "when", phase);
grant select, insert on estimates.cell to app;

create table estimates.explained_exception (
  id          bigint generated always as identity primary key,
  year        text not null,
  head        text not null,
  identity    text not null,
  difference  text not null,
  reason      text not null check (reason in ('transfer', 'restatement', 'rounding', 'other')),
  explanation text not null check (length(explanation) between 1 and 2000),
  source      text not null check (length(source) between 1 and 500),
  signed_by   text not null,
  signed_at   timestamptz not null default now()
);
comment on table estimates.explained_exception is 'A difference that has a reason. Applies while the difference is exactly this one; the newest for an identity counts. Append-only.';
create index explained_exception_by_head on estimates.explained_exception (year, head);
grant select, insert on estimates.explained_exception to app;
