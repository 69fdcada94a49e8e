import type { Sql } from '#platform'
import type { ItemState } from './fold.rules.ts'

/** Makes a register on a log, unless it is there. */
export async function insertRegister(sql: Sql, { id, log }: { id: string; log: string }): Promise<void> {
  await sql`
    insert into ledger.register (id, log)
    select ${id}, log.id
    from ledger.log
    where log.name = ${log}
    on conflict (id) do nothing`
}

export type RulesRow = { number: number; leaf: Buffer; entry: Buffer; setAt: string }

/*
 * Entries stand in a log in the order of the transactions that wrote them, and PostgreSQL numbers a transaction when it first
 * writes or locks a row. So whoever enters a step or rules first takes its turn by locks that number nothing: an entry that was
 * judged after another also stands after it.
 */

/** Waits for every step of the register that is being entered, and lets nobody enter another until the transaction ends. */
export async function lockRules(sql: Sql, register: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger.register/${register}`}, 0))`
}

/**
 * Waits for whoever enters a step of this item or sets rules of its register, and for whoever sends the same form; holds
 * until the transaction ends, of which it is the first statement.
 */
export async function lockStep(
  sql: Sql,
  { register, number, form }: { register: string; number: string | undefined; form: string },
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`ledger.step/${form}`}, 0)),
      pg_advisory_xact_lock_shared(hashtextextended(${`ledger.register/${register}`}, 0)),
      pg_advisory_xact_lock(hashtextextended(${`ledger.item/${register}/${number ?? form}`}, 0))`
}

/** The name of the register’s log; undefined where there is no such register. */
export async function findLogOf(sql: Sql, register: string): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    select log.name
    from ledger.register
    join ledger.log on log.id = register.log
    where register.id = ${register}`
  return row?.name
}

export const rulesMax = 1000

/** Every version of a register’s rules, the oldest first. */
export async function listRules(sql: Sql, register: string): Promise<RulesRow[]> {
  return sql<RulesRow[]>`
    select number, leaf, entry, set_at
    from ledger.rule_set
    where register = ${register}
    order by number
    limit ${rulesMax}`
}

export async function insertRules(
  sql: Sql,
  {
    register,
    number,
    leaf,
    entry,
    at,
  }: { register: string; number: number; leaf: Uint8Array; entry: Uint8Array; at: Date },
): Promise<void> {
  await sql`
    insert into ledger.rule_set (register, number, leaf, entry, set_at)
    values (${register}, ${number}, ${leaf}, ${entry}, ${at})`
}

export type ItemRow = {
  register: string
  number: string
  folded: ItemState
  holder: string | null
  /** Sealed; null after it was erased. */
  content: Buffer | null
  begunAt: string
  changedAt: string
}

const itemColumns = (sql: Sql) => sql`register, number, folded, holder, content, begun_at, changed_at`

export async function findItem(sql: Sql, register: string, number: string): Promise<ItemRow | undefined> {
  const [row] = await sql<ItemRow[]>`
    select ${itemColumns(sql)}
    from ledger.item
    where register = ${register} and number = ${number}`
  return row
}

export type ItemWritten = {
  register: string
  number: string
  folded: ItemState
  holder: string | null
  content: Uint8Array | null
  at: Date
}

/** When the last proposal lapses; null where none waits. */
const lapsesAt = ({ open }: ItemState): string | null =>
  open
    .map(({ until }) => until)
    .sort()
    .at(-1) ?? null

export async function insertItem(sql: Sql, item: ItemWritten): Promise<void> {
  await sql`
    insert into ledger.item (register, number, folded, lapses_at, holder, content, begun_at, changed_at)
    values (${item.register}, ${item.number}, ${sql.json(item.folded)}, ${lapsesAt(item.folded)}, ${item.holder},
      ${item.content}, ${item.at}, ${item.at})`
}

export async function updateItem(sql: Sql, item: ItemWritten): Promise<void> {
  await sql`
    update ledger.item
    set folded = ${sql.json(item.folded)}, lapses_at = ${lapsesAt(item.folded)}, holder = ${item.holder},
      content = ${item.content}, changed_at = ${item.at}
    where register = ${item.register} and number = ${item.number}`
}

export const itemsOfPage = 25

/** The last item of the page before, in lists whose newest change stands first. */
export type Before = { at: string; number: string } | undefined

type Asked = { register: string; state?: string | undefined; before?: Before }

/** Items of a register, the one that changed last first. */
export async function listItems(sql: Sql, { register, state, before }: Asked): Promise<ItemRow[]> {
  return sql<ItemRow[]>`
    select ${itemColumns(sql)}
    from ledger.item
    where register = ${register}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${before === undefined ? sql`` : sql`and (changed_at, number) < (${before.at}, ${before.number})`}
    order by changed_at desc, number desc
    limit ${itemsOfPage}`
}

/** Whose items: of registers, or what a person or organisation holds. */
export type Whose = { registers: readonly string[] } | { holder: string; as: ItemState['heldAs'] }

const areOf = (sql: Sql, whose: Whose) =>
  'registers' in whose
    ? sql`register = any (${[...whose.registers]})`
    : sql`holder = ${whose.holder} and folded ->> 'heldAs' = ${whose.as}`

/** Items with proposals that may still take effect, the one that changed last first. */
export async function listWaitingItems(
  sql: Sql,
  whose: Whose,
  { at, before }: { at: Date; before?: Before },
): Promise<ItemRow[]> {
  return sql<ItemRow[]>`
    select ${itemColumns(sql)}
    from ledger.item
    where ${areOf(sql, whose)} and lapses_at >= date_trunc('second', ${at}::timestamptz)
      ${before === undefined ? sql`` : sql`and (changed_at, number) < (${before.at}, ${before.number})`}
    order by changed_at desc, number desc
    limit ${itemsOfPage}`
}

/** What a person or organisation holds, what changed last first. */
export async function listHeld(sql: Sql, whose: Whose, before?: Before): Promise<ItemRow[]> {
  return sql<ItemRow[]>`
    select ${itemColumns(sql)}
    from ledger.item
    where ${areOf(sql, whose)}
      ${before === undefined ? sql`` : sql`and (changed_at, number) < (${before.at}, ${before.number})`}
    order by changed_at desc, number desc
    limit ${itemsOfPage}`
}

/** How many items of a register are in which state. */
export async function countItems(sql: Sql, register: string): Promise<{ state: string; count: number }[]> {
  return sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count
    from ledger.item
    where register = ${register} and state is not null
    group by state
    order by state
    limit ${statesMax}`
}
const statesMax = 1000

export type ItemValue = { field: string; lookup: Uint8Array }

/**
 * Keeps what no two items may share, in the place of what this item had in these fields. Returns the field whose value another
 * item has; then nothing of the caller’s transaction may stand.
 */
export async function replaceItemValues(
  sql: Sql,
  { register, number }: Pick<ItemRow, 'register' | 'number'>,
  { fields, values }: { fields: readonly string[]; values: readonly ItemValue[] },
): Promise<string | undefined> {
  await sql`
    delete from ledger.item_value
    where register = ${register} and number = ${number} and field = any (${[...fields]})`
  for (const { field, lookup } of values) {
    const { count } = await sql`
      insert into ledger.item_value (register, field, lookup, number)
      values (${register}, ${field}, ${lookup}, ${number})
      on conflict (register, field, lookup) do nothing`
    if (count === 0) return field
  }
  return undefined
}

/** The item that has this in one of its fields that no two share. */
export async function findItemByValue(
  sql: Sql,
  register: string,
  values: readonly ItemValue[],
): Promise<string | undefined> {
  const [row] = await sql<{ number: string }[]>`
    select item_value.number
    from ledger.item_value
    join unnest(${values.map(({ field }) => field)}::text[], ${sql.array(values.map(({ lookup }) => Buffer.from(lookup)))}::bytea[])
      as given(field, lookup) on item_value.field = given.field and item_value.lookup = given.lookup
    where item_value.register = ${register}
    limit 1`
  return row?.number
}

const registersMax = 1000

/** The registers that stand on a log. */
export async function listRegistersOf(sql: Sql, log: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id
    from ledger.register
    where log = ${log}
    order by id
    limit ${registersMax}`
  return rows.map(({ id }) => id)
}

const itemsAtOnce = 1000

/** Items of a register in the order of their numbers, after this one. */
export async function listAllItems(
  sql: Sql,
  register: string,
  after: string,
): Promise<Pick<ItemRow, 'number' | 'folded'>[]> {
  return sql<Pick<ItemRow, 'number' | 'folded'>[]>`
    select number, folded
    from ledger.item
    where register = ${register} and number > ${after}
    order by number
    limit ${itemsAtOnce}`
}

/** Forgets what an item had for itself. */
export async function deleteItemValues(sql: Sql, register: string, number: string): Promise<void> {
  await sql`
    delete from ledger.item_value
    where register = ${register} and number = ${number}`
}
