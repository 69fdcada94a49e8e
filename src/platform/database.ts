import type * as driver from 'postgres'
import postgres from './driver.ts'

/** A pool or a transaction. Query functions take it first, so that a caller's transaction is never forgotten. */
export type Sql = driver.ISql<{ bigint: number }>

export type Database = {
  /** The pool of the weak `app` role. */
  sql: driver.Sql<{ bigint: number }>
  /** Connection addresses, for the job worker. `owner` may migrate; `app` may only what the grants say. */
  urls: DatabaseUrls
  close(): Promise<void>
}

export type DatabaseUrls = { owner: string; app: string }

export const connectTimeoutSeconds = 10
const statementTimeoutMs = 30_000

/** The folder that holds package.json: two levels above both `src/platform` and `dist/platform`. */
export const projectFolder = new URL('../../', import.meta.url)

/** Rows come as camelCase; instants as ISO 8601 in UTC; `bigint` as a number, refused where it would lose a digit. */
const shapes = {
  transform: { column: { from: postgres.toCamel } },
  types: {
    bigint: {
      to: 20,
      from: [20] as number[],
      serialize: (value: number) => String(value),
      parse: (text: string) => {
        const value = Number(text)
        if (!Number.isSafeInteger(value)) throw new Error(`A bigint of ${text} does not fit a number`)
        return value
      },
    },
    instant: {
      to: 1184,
      from: [1184] as number[],
      serialize: (value: Date | string) => (value instanceof Date ? value.toISOString() : value),
      parse: (text: string) => new Date(text).toISOString(),
    },
    day: { to: 1082, from: [1082] as number[], serialize: (value: string) => value, parse: (text: string) => text },
  },
}

/** Opens the pool. Does not connect yet: the first statement does, and fails if the server cannot be reached. */
export function openDatabase(urls: DatabaseUrls, options: { connectionsMax?: number } = {}): Database {
  const sql = postgres(urls.app, {
    ...shapes,
    max: options.connectionsMax ?? 10,
    connect_timeout: connectTimeoutSeconds,
    // A server that is away is asked again for every query: whoever waits learns at once, and no queue grows.
    backoff: () => 0.02,
    onnotice: () => {},
    connection: {
      ...{ application_name: 'praya', TimeZone: 'UTC', DateStyle: 'ISO' },
      // A process that vanished, with its machine or its network, holds what it locked no longer than this.
      ...{ statement_timeout: statementTimeoutMs, idle_in_transaction_session_timeout: 2 * statementTimeoutMs },
    },
  }) as unknown as Database['sql']
  return { sql, urls, close: () => sql.end({ timeout: 5 }) }
}
