/** A table of the Estimates has some thousand rows; whatever is far beyond that is another file, or an attack. */
export const limits = {
  fileBytes: 32_000_000,
  unpackedBytes: 96_000_000,
  parts: 1000,
  rows: 100_000,
  columns: 256,
  cells: 5_000_000,
  /** Rows of one Head in one year, as `Table` holds them: a total adds up at most 500. */
  linesOfHead: 500,
  rowsOfTable: 5000,
  columnsOfTable: 20,
  findings: 5000,
} as const
