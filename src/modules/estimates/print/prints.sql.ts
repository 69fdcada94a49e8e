import type { Sql } from '#platform'

/** A PDF that was made. `page` is the SHA-256 of the page that it prints, `file` its address among the files. */
export type Print = { page: string; file: string; bytes: number; madeAt: string }

export async function findPrint(sql: Sql, page: string): Promise<Print | undefined> {
  const [row] = await sql<Print[]>`
    select page, file, bytes, made_at
    from estimates.print
    where page = ${page}`
  return row
}

/** Two processes may make the same PDF at once: the first one stands. */
export async function insertPrint(sql: Sql, { page, file, bytes }: Omit<Print, 'madeAt'>): Promise<void> {
  await sql`
    insert into estimates.print (page, file, bytes)
    values (${page}, ${file}, ${bytes})
    on conflict (page) do nothing`
}
