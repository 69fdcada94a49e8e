// SQL: where it stands, what it names, and how migrations are written.
import { test } from 'node:test'
import { modules } from '../../src/modules.ts'
import { type File, file, files, none, noneStale, production } from './project.ts'

const schemas = ['platform', 'graphile_worker', ...modules.map(({ name }) => name)]

/** The platform’s own files with SQL: it has no features, so a suffix would say nothing. */
const platformSql = [
  'acts.sql',
  'audit',
  'jobs',
  'routes',
  '../start/migrate',
  '../start/postgres/cluster',
  '../start/postgres/external',
].map((name) => `src/platform/${name}.ts`.replace('platform/../', ''))

const statement = /^\s*(select|insert into|update|delete from|create|alter|drop|grant|revoke|truncate|with \w+ as)\s/i

/** Every template in a file that is SQL, with its line. */
function statementsOf({ text }: File): { sql: string; line: number }[] {
  return [...text.matchAll(/`((?:[^`\\]|\\[\s\S])*)`/g)]
    .filter(([, sql]) => statement.test(sql!))
    .map((match) => ({ sql: match[1]!, line: text.slice(0, match.index).split('\n').length }))
}

const migrations = files('src/platform/migrations/*.sql', 'src/modules/*/migrations/*.sql')
const schemaOf = (path: string) => /^src\/(?:modules\/)?([^/]+)\//.exec(path)![1]!

test('SQL stands in *.sql.ts and in doors, so that a reader knows where to look', () => {
  const wrong = production
    .filter(({ path }) => !path.endsWith('.sql.ts') && !path.endsWith('/public.ts') && !platformSql.includes(path))
    .flatMap((each) => statementsOf(each).map(({ sql, line }) => `${each.path}:${line} ${sql.trim().split('\n')[0]}`))
  none(wrong, 'Move the statement into a function of a *.sql.ts file:')
  noneStale(platformSql.filter((path) => statementsOf(file(path)).length === 0))
})

test('the SQL of a module names its own schema and no other', () => {
  const written = [
    ...production.flatMap((each) => statementsOf(each).map(({ sql, line }) => ({ path: each.path, sql, line }))),
    ...migrations.map(({ path, text }) => ({ path, sql: text.replace(/^--.*$/gm, ''), line: 1 })),
  ]
  const wrong = written
    .filter(({ path }) => path.startsWith('src/modules/'))
    .flatMap(({ path, sql, line }) => {
      const foreign = schemas.filter(
        (schema) => schema !== schemaOf(path) && new RegExp(`\\b${schema}\\.[a-z_]+`).test(sql),
      )
      return foreign.map((schema) => `${path}:${line} names ${schema}`)
    })
  none(wrong, 'Call a function of the other module’s door, with your transaction:')
})

test('SQL is lower case and lists its columns', () => {
  const wrong = production.flatMap((each) =>
    statementsOf(each)
      .filter(
        ({ sql }) =>
          /\b(SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|JOIN|ORDER BY)\b/.test(sql) || /\bselect\s+(\w+\.)?\*/.test(sql),
      )
      .map(({ line }) => `${each.path}:${line}`),
  )
  none(wrong, 'Write SQL in lower case, and name the columns instead of *:')
})

test('every list has a limit', () => {
  const endless = production
    .filter(({ path }) => path.endsWith('.sql.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^export (?:async )?function (list\w+)[\s\S]*?^}/gm)]
        .filter(([body]) => !/\blimit\b/.test(body))
        .map(([, name]) => `${path} ${name}`),
    )
  none(endless, 'End the statement with a limit:')
})

test('migrations are numbered without a gap, say what they do in their name and why in their first line', () => {
  const verbs = [
    'create',
    'add',
    'alter',
    'change',
    'constrain',
    'drop',
    'fill',
    'grant',
    'index',
    'move',
    'rename',
    'revoke',
    'split',
  ]
  const wrong = migrations.flatMap(({ path, lines }) => {
    const [, number, verb] = /\/(\d{4})-([a-z]+)-[a-z0-9-]+\.sql$/.exec(path) ?? []
    const before = migrations.filter((each) => schemaOf(each.path) === schemaOf(path) && each.path < path).length
    if (!number || !verbs.includes(verb!))
      return [`${path}: name it NNNN-verb-noun.sql, with a verb of: ${verbs.join(', ')}`]
    if (Number(number) !== before + 1) return [`${path}: the next number is ${String(before + 1).padStart(4, '0')}`]
    if (!/^-- [A-Z0-9].*[.:]?$/.test(lines[0]!)) return [`${path}: begin it with a comment that says why`]
    return []
  })
  none(wrong, 'A migration is read by its name, years later:')
})
