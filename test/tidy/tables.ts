// What the database says of itself, after every migration was applied to an empty one.
import { after, before, test } from 'node:test'
import { openDatabase } from '#platform'
import { listTables } from '../../src/command/tables.sql.ts'
import { modules } from '../../src/modules.ts'
import { globalSetup, globalTeardown } from '../global-setup.ts'
import { none } from './project.ts'

const schemas = ['platform', ...modules.map(({ name }) => name)]

type Column = { table: string; name: string; type: string }

let database: ReturnType<typeof openDatabase>
let sql: typeof database.sql
before(async () => {
  // `npm test` has started a server; `npm run check` has not.
  await globalSetup()
  const url = process.env.TEST_OWNER_URL!
  database = openDatabase({ owner: url, app: url }, { connectionsMax: 1 })
  sql = database.sql
})
after(async () => {
  await database?.close()
  await globalTeardown()
})

const tables = () => listTables(sql, schemas)
const columns = () => sql<Column[]>`
  select attribute.attrelid::regclass::text as table, attribute.attname as name,
         format_type(attribute.atttypid, attribute.atttypmod) as type
  from pg_attribute as attribute
  join pg_class as relation on relation.oid = attribute.attrelid
  join pg_namespace as schema on schema.oid = relation.relnamespace
  where schema.nspname = any (${schemas}) and relation.relkind in ('r', 'p')
    and attribute.attnum > 0 and not attribute.attisdropped
  order by 1, attribute.attnum`

test('every table says what it holds', async () => {
  const wrong = (await tables()).filter(({ comment }) => !comment || comment.length < 20)
  none(
    wrong.map(({ name }) => name),
    'Write `comment on table … is` into the migration:',
  )
})

test('what is append-only is so by grant, and the app may never truncate', async () => {
  const wrong = (await tables()).flatMap(({ name, comment, appMay }) => {
    const tooMuch = appMay.filter((privilege) => ['truncate', 'references', 'trigger'].includes(privilege))
    if (/append-only/i.test(comment ?? ''))
      tooMuch.push(...appMay.filter((privilege) => ['update', 'delete'].includes(privilege)))
    return tooMuch.map((privilege) => `${name} grants ${privilege}`)
  })
  none(wrong, 'Grant the app what it needs and no more:')
})

test('instants end in _at, days in _on, and an instant knows its time zone', async () => {
  const wrong = (await columns()).flatMap(({ table, name, type }) => {
    if (type === 'timestamp without time zone') return [`${table}.${name} is a timestamp: use timestamptz`]
    if (type === 'timestamp with time zone' && name !== 'at' && !name.endsWith('_at')) return [`${table}.${name}`]
    if (type === 'date' && !name.endsWith('_on') && name !== 'on_day') return [`${table}.${name}`]
    return []
  })
  none(wrong, 'Name the column by what it tells:')
})

test('tables are singular', async () => {
  const wrong = (await tables()).filter(({ name }) => /[^s]s$/.test(name))
  none(
    wrong.map(({ name }) => name),
    'A row is one thing; name the table after it:',
  )
})

test('no key leads from one schema into another', async () => {
  const wrong = await sql<{ name: string }[]>`
    select constraint_.conrelid::regclass || ' → ' || constraint_.confrelid::regclass as name
    from pg_constraint as constraint_
    join pg_class as here on here.oid = constraint_.conrelid
    join pg_class as there on there.oid = constraint_.confrelid
    where constraint_.contype = 'f' and here.relnamespace <> there.relnamespace
    order by 1`
  none(
    wrong.map(({ name }) => name),
    'Carry the identifier, without a foreign key:',
  )
})

test('no table belongs to the role that serves', async () => {
  const wrong = await sql<{ name: string }[]>`
    select relation.oid::regclass::text as name
    from pg_class as relation
    where pg_get_userbyid(relation.relowner) = 'app'
    order by 1`
  none(
    wrong.map(({ name }) => name),
    'Migrations run as the owner:',
  )
})
