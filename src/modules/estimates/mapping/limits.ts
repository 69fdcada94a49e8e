/** A table of the Estimates has some thousand rows; whatever is far beyond that is another file, or an attack. */
export const limits = {
  mappingBytes: 50_000,
  unpackedBytes: 24_000_000,
  parts: 1000,
  /** Of XML: a cell holds 32,767 characters, each of which may be written as `&quot;` or `_x000D_`. */
  xmlText: 300_000,
  xmlTag: 100_000,
  recordBytes: 1_000_000,
  rows: 50_000,
  columns: 256,
  cells: 600_000,
  /** Rows of one Head in one year, as `Table` holds them: a total adds up at most 500. */
  linesOfHead: 500,
  rowsOfTable: 5000,
  columnsOfTable: 20,
  findings: 5000,
} as const
