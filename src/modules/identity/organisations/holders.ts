import type { Sql } from '#platform'
import { rolesWith } from '../roles.ts'
import { listHoldersOf } from './grants.sql.ts'

/** The people who hold a permission by a role that counts now, in one organisation or in any; a thousand at most. */
export const listHolders = (sql: Sql, permission: string, organisation?: string): Promise<string[]> =>
  listHoldersOf(sql, rolesWith(permission), organisation)
