import { stringify } from 'csv-stringify/sync'
import type { FastifyReply } from 'fastify'

/**
 * Answers with a table for a spreadsheet: RFC 4180 with a byte order mark, its head first. What a spreadsheet would calculate stands
 * as text, and nothing of it is kept on the way, as people stand in it.
 */
export const sendCsv = (reply: FastifyReply, name: string, rows: readonly (readonly string[])[]): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('cache-control', 'no-store')
    .type('text/csv; charset=utf-8; header=present')
    .send(
      stringify(rows as string[][], {
        ...{ record_delimiter: 'windows', quoted_match: /[\r\n]/, bom: true, escape_formulas: true },
      }),
    )
