import type { Sql } from '#platform'

/** A table as the database itself tells: what it holds, and what the role that serves may do with it. */
export type Table = { name: string; comment: string | null; appMay: string[]; columns: string[] }

const tablesMax = 1000

/** Every table and view of these schemas. */
export async function listTables(sql: Sql, schemas: readonly string[]): Promise<Table[]> {
  return sql<Table[]>`
    select schema.nspname || '.' || relation.relname as name, obj_description(relation.oid, 'pg_class') as comment,
           array(select privilege
                 from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as privilege
                 where has_table_privilege('app', relation.oid, privilege)) as app_may,
           array(select attribute.attname::text
                 from pg_attribute as attribute
                 where attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
                 order by attribute.attnum) as columns
    from pg_class as relation
    join pg_namespace as schema on schema.oid = relation.relnamespace
    where schema.nspname = any (${schemas as string[]}) and relation.relkind in ('r', 'p', 'v', 'm')
    order by 1
    limit ${tablesMax}`
}
