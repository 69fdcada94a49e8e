import type { Sql } from '#platform'
import type { ItemState } from './fold.rules.ts'
import { lostActor } from './steps.sql.ts'

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

/** False where the register has other rules as this version. */
export async function insertRules(
  sql: Sql,
  {
    register,
    number,
    leaf,
    entry,
    at,
  }: { register: string; number: number; leaf: Uint8Array; entry: Uint8Array; at: Date },
): Promise<boolean> {
  const { count } = await sql`
    insert into ledger.rule_set (register, number, leaf, entry, set_at)
    values (${register}, ${number}, ${leaf}, ${entry}, ${at})
    on conflict do nothing`
  return count > 0
}

export type ItemRow = {
  register: string
  number: string
  folded: ItemState
  holder: string | null
  /** Sealed; null after it was erased or lost. */
  content: Buffer | null
  /** Whether that is because its newest entries came back from a mirror alone; then nobody knows who holds it, either. */
  isLost: boolean
  begunAt: string
  changedAt: string
}

const itemColumns = (sql: Sql) => sql`register, number, folded, holder, content, is_lost, begun_at, changed_at`

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

/** Whoever writes an item knows what it holds, or has erased it. */
export async function updateItem(sql: Sql, item: ItemWritten): Promise<void> {
  await sql`
    update ledger.item
    set folded = ${sql.json(item.folded)}, lapses_at = ${item.content && lapsesAt(item.folded)}, holder = ${item.holder},
      content = ${item.content}, is_lost = false, changed_at = ${item.at}
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
): Promise<Pick<ItemRow, 'register' | 'number' | 'folded' | 'content' | 'holder'>[]> {
  return sql<Pick<ItemRow, 'register' | 'number' | 'folded' | 'content' | 'holder'>[]>`
    select register, number, folded, content, holder
    from ledger.item
    where register = ${register} and number > ${after}
    order by number
    limit ${itemsAtOnce}`
}

/** A step as its entry has it, with what that was committed to. */
export type StepLine = {
  number: string
  place: number
  leaf: string
  kind: string
  step: string
  party: string
  proposal: string | null
  tookEffect: boolean
  entry: Buffer
  actedAt: string
  salt: Buffer | null
  content: Buffer | null
  actedBy: string
  organisation: string | null
}

/** Steps of a register, item by item, each item’s in their order, after this one. */
export async function listAllSteps(
  sql: Sql,
  register: string,
  after: Pick<StepLine, 'number' | 'place'>,
): Promise<StepLine[]> {
  return sql<StepLine[]>`
    select number, place, encode(leaf, 'hex') as leaf, kind, step, party, encode(proposal, 'hex') as proposal, took_effect,
      entry, acted_at, salt, content, acted_by, organisation
    from ledger.step
    where register = ${register} and (number, place) > (${after.number}, ${after.place})
    order by number, place
    limit ${itemsAtOnce}`
}

/** Those of these leaves of which the tables have the step or the rules. */
export async function listKnownLeaves(sql: Sql, leaves: readonly Uint8Array[]): Promise<Set<string>> {
  const asked = sql.array(leaves.map((leaf) => Buffer.from(leaf)))
  const rows = await sql<{ leaf: string }[]>`
    select encode(leaf, 'hex') as leaf
    from ledger.step
    where leaf = any (${asked}::bytea[])
    union all
    select encode(leaf, 'hex')
    from ledger.rule_set
    where leaf = any (${asked}::bytea[])
    limit ${leaves.length}`
  return new Set(rows.map(({ leaf }) => leaf))
}

export type LostItem = { register: string; number: string; folded: ItemState; at: string }

/** Items of which entries came back: as the log has them, and without what they held and who held it. */
export async function upsertLostItems(sql: Sql, items: readonly LostItem[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${sql.json([...items])}) as given(register text, number text, folded jsonb, at timestamptz)`
  await sql`
    insert into ledger.item (register, number, folded, is_lost, begun_at, changed_at)
    select register, number, folded, true, at, at
    from ${given}
    on conflict (register, number) do update
    set folded = excluded.folded, lapses_at = null, holder = null, content = null, is_lost = true,
      changed_at = greatest(item.changed_at, excluded.changed_at)`
  await sql`
    delete from ledger.item_value
    using ${given}
    where item_value.register = given.register and item_value.number = given.number`
  await sql`
    delete from ledger.invitation
    using ledger.step, ${given}
    where invitation.proposal = step.leaf and step.register = given.register and step.number = given.number`
}

export type LostStep = Omit<StepLine, 'entry' | 'actedAt' | 'salt' | 'content' | 'actedBy' | 'organisation'> & {
  register: string
  entry: string
  at: string
}

/**
 * Steps that came back, without what they were committed to and who took them. False where one of the places is taken: then nothing
 * of the caller’s transaction may stand.
 */
export async function insertLostSteps(sql: Sql, steps: readonly LostStep[]): Promise<boolean> {
  const given = sql`jsonb_to_recordset(${sql.json([...steps])}) as given(leaf text, register text, number text, place integer,
    kind text, step text, party text, "tookEffect" boolean, proposal text, entry text, at timestamptz)`
  const taken = await sql`
    select true
    from ledger.step
    join ${given} using (register, number, place)
    limit 1`
  if (taken.length > 0) return false
  await sql`
    insert into ledger.step (leaf, register, number, place, kind, step, party, took_effect, proposal, entry, acted_by, acted_at,
      token)
    select decode(leaf, 'hex'), register, number, place, kind, step, party, "tookEffect", decode(proposal, 'hex'),
      decode(entry, 'hex'), ${lostActor}, at, gen_random_uuid()
    from ${given}`
  return true
}

/** Forgets what an item had for itself. */
export async function deleteItemValues(sql: Sql, register: string, number: string): Promise<void> {
  await sql`
    delete from ledger.item_value
    where register = ${register} and number = ${number}`
}
