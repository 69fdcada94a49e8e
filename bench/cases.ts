/*
 * The desk of officers with BENCH_CASES cases in one department: 100 officers who are signed in, each of whom opens the desk and takes
 * the next case again and again with a pause, as fast hands do. Beside it in the same run, at the same pace: a page of words that asks
 * the database nothing of cases, and a claim as PostgreSQL alone does it. Prints what 50, 95 and 99 of 100 answers stay within.
 */
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { parse, stringify } from 'yaml'
import { termsOf } from '../src/modules/services/cases/search.rules.ts'
import postgres from '../src/platform/driver.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { freePort, machine, median, part, print, startPraya } from './praya.ts'

const cases = Number(process.env.BENCH_CASES ?? 1_000_000)
const seconds = Number(process.env.BENCH_SECONDS ?? 30)
const officers = 100
/** Between two acts of one officer: 50 acts a second of all. */
const pauseMs = Number(process.env.BENCH_PAUSE ?? 2000)
/** Of each hundred, about: 55 ended, 35 free, 6 wait for a reply, 2 for approval, 2 are claimed. */
const department = 'tide-station'

const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const pack = join(folder, 'pack')
await cp(new URL('../governments/testland', import.meta.url), pack, { recursive: true })
const people = parse(await readFile(join(pack, 'people.yaml'), 'utf8')) as { id: string }[]
const model = people.find(({ id }) => id === 'olga-pile')!
const desk = Array.from({ length: officers }, (_, at) => ({ ...structuredClone(model), id: `officer-${at}` }))
await writeFile(join(pack, 'people.yaml'), stringify([...people, ...desk]))

const server = await startPostgres({ folder, log: pino({ level: 'silent' }) })
const port = await freePort()
const praya = await startPraya(
  {
    PRAYA_PORT: String(port),
    PRAYA_DATABASE_URL: server.ownerUrl,
    PRAYA_REQUESTS_PER_MINUTE: '1000000',
    PRAYA_PACK: pack,
    PRAYA_VAULT_SECRET: 'what seals answers of the bench alone',
  },
  await mkdtemp(join(folder, 'data-')),
)
const sql = postgres(server.ownerUrl, { max: 4, onnotice: () => {} })

/** Rows as sending and deciding leave them, without going through 20 requests for each; indexes are built when all stand. */
async function load(): Promise<void> {
  const syllables = ['tide', 'quay', 'wharf', 'gate', 'buoy', 'mole', 'reef', 'sand', 'pier', 'knot', 'bell', 'lamp']
  const names = syllables.flatMap((one) =>
    syllables.flatMap((two) => syllables.map((three) => `${one} ${two} ${three}`)),
  )
  await sql.begin(async (sql) => {
    // Keys to other tables hold for what comes after.
    const keys = await sql<{ table: string; name: string; definition: string }[]>`
      select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint
      where contype = 'f' and conrelid in ('services.case'::regclass, 'services.case_event'::regclass)`
    for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${name}`)
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index
      where indrelid = 'services.case'::regclass and not indisunique`
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
    await sql`create temporary table listed (at integer primary key, answers jsonb, search text[]) on commit drop`
    for (const [at, name] of names.entries())
      await sql`insert into listed values (${at}, ${sql.json({ group_name: name })}, ${termsOf([name])})`
    await sql`
      insert into services.case (
        reference, number, application, service, version, organisation, person_id, language, listed, search, state, queue, wait,
        opened_at, state_since_at, claimed_by, claimed_at, due_on, due_at, due_count, left_days, stopped_at, reply_until_on,
        reply_until_at, proposal, proposed_by, ended_at, outcome, decided_at, worked_days, excluded)
      select
        'TG-' || translate(upper(lpad(to_hex(each), 5, '0')), '01', 'GH') || '-22222', 1, gen_random_uuid(), 'tide-grant', version,
        ${department}, 'person-' || each, 'en', jsonb_build_object('version', encode(version, 'hex'), 'answers', answers), search,
        case when of < 55 then 'refused' else 'received' end, 'work',
        case when of < 55 then 'nobody' when of < 90 then 'officer' when of < 96 then 'reply' when of < 98 then 'approval' else 'officer' end,
        opened_at, opened_at, claimed_by, case when claimed_by is not null then opened_at end,
        case when clock then (opened_at + '40 days')::date end, case when clock then opened_at + '40 days' end,
        case when clock then 'working' end, case when of between 90 and 95 then 9 end, case when of between 90 and 95 then opened_at end,
        case when of between 90 and 95 then current_date + 30 end, case when of between 90 and 95 then now() + '30 days' end,
        case when of between 96 and 97 then 1 end, case when of between 96 and 97 then 'officer-' || each % 100 end,
        case when of < 55 then opened_at + '9 days' end, case when of < 55 then 'refused' end,
        case when of < 55 then opened_at + '9 days' end, case when of < 55 then 7 end, '{}'
      from (
        select each, of, version, listed.answers, listed.search, (of between 55 and 89 or of > 95) as clock,
          now() - make_interval(mins => (${cases} - each) / 10) as opened_at,
          -- So that each officer has some twenty, and not two hundred.
          case when of > 97 and each % 10 = 8 then 'officer-' || each / 100 % 100 end as claimed_by
        from (select each, (each * 37 + each / 100) % 100 as of from generate_series(1, ${cases}) as each) as numbered
        join listed on listed.at = each % ${names.length}
        cross join (select version from services.publication where service = 'tide-grant' order by number desc limit 1) as current
      ) as made`
    await sql`
      insert into services.case_event (reference, number, kind, at, by, data, sealed)
      select reference, 1, 'begun', opened_at, person_id, '{}', decode(repeat('ab', 300), 'hex')
      from services.case`
    for (const { definition } of indexes) await sql.unsafe(definition)
    for (const { table, name, definition } of keys)
      await sql.unsafe(`alter table ${table} add constraint ${name} ${definition} not valid`)
  })
  await sql`vacuum (analyze) services.case`
  await sql`vacuum (analyze) services.case_event`
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
type Answer = { status: number; body: string; cookie: string | undefined; ms: number }
const ask = (method: 'GET' | 'POST', path: string, { cookie, form }: { cookie?: string; form?: string } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const began = performance.now()
    const headers = {
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      ...(cookie && { cookie }),
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const asked = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        body += piece
      })
      response.on('end', () => {
        const [set] = response.headers['set-cookie'] ?? []
        const ms = performance.now() - began
        resolve({ status: response.statusCode!, body, cookie: set?.split(';')[0], ms })
      })
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(form)
  })

async function signIn(person: string): Promise<string> {
  const { status, cookie } = await ask('POST', '/eng/sign-in', { form: new URLSearchParams({ person }).toString() })
  if (!cookie) throw new Error(`Signing in as ${person} answers ${status}`)
  return cookie
}

/** Everybody does `act` again and again, with pauses that do not come at one moment; what each took, in ms. */
async function turn(forSeconds: number, act: (officer: number, round: number) => Promise<number>): Promise<number[]> {
  const until = performance.now() + forSeconds * 1000
  const took: number[] = []
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await Promise.all(
    desk.map(async (_, officer) => {
      await wait((officer / officers) * pauseMs)
      for (let round = 0; performance.now() < until; round += 1) {
        took.push(await act(officer, round))
        await wait(pauseMs * (0.5 + Math.random()))
      }
    }),
  )
  return took
}

const tell = (name: string, took: readonly number[], limit = '') =>
  print(
    `${name}: median ${median(took).toFixed(1)} ms, 95 of 100 within ${part(took, 0.95).toFixed(1)} ms, 99 of 100 within ${part(took, 0.99).toFixed(1)} ms (${took.length} asked)${limit}`,
  )

try {
  print(`# cases – ${machine()}`)
  const began = performance.now()
  await load()
  print(`${cases} cases loaded in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const cookies: string[] = []
  for (const { id } of desk) cookies.push(await signIn(id))

  const open = async (path: string, officer: number) => {
    const { status, ms } = await ask('GET', path, { cookie: cookies[officer]! })
    if (status !== 200) throw new Error(`${path} answers ${status}`)
    return ms
  }
  const claim = async (officer: number) => {
    const form = `token=${randomUUID()}`
    const { status, ms, body } = await ask('POST', '/office/services/next', { cookie: cookies[officer]!, form })
    if (status !== 303) throw new Error(`Taking the next case answers ${status} ${body.slice(0, 300)}`)
    return ms
  }
  const opened: number[] = []
  const claimed: number[] = []
  const both = async (officer: number, round: number) => {
    const ms = await ((officer + round) % 2 === 0 ? claim(officer) : open('/eng/office/services', officer))
    ;((officer + round) % 2 === 0 ? claimed : opened).push(ms)
    return ms
  }
  await turn(8, both)
  opened.length = 0
  claimed.length = 0
  await turn(seconds, both)
  tell('the desk', opened, ' (limit at 95: 50)')
  tell('taking the next case', claimed, ' (limit at 99: 10)')
  const listed = await turn(seconds / 3, (officer) => open('/eng/office/services/cases', officer))
  tell('the list of cases', listed)
  const found = await turn(seconds / 3, (officer) => open('/eng/office/services/cases?q=reef+quay', officer))
  tell('a search in it', found)
  tell('beside it: a bare answer', await turn(seconds / 3, async () => (await ask('GET', '/healthz')).ms))
  tell('beside it: a page of words', await turn(seconds / 3, (officer) => open('/eng/account', officer)))
  const alone = await turn(seconds / 3, async (officer) => {
    const from = performance.now()
    await sql.begin(async (sql) => {
      const [row] = await sql<{ reference: string }[]>`
        select reference from services.case
        where organisation = ${department} and queue = 'work' and wait = 'officer' and claimed_by is null
        order by due_at, reference limit 1 for update skip locked`
      await sql`update services.case set claimed_by = ${`officer-${officer}`}, claimed_at = now() where reference = ${row!.reference}`
    })
    return performance.now() - from
  })
  tell('beside it: a claim in PostgreSQL alone', alone)
} finally {
  agent.destroy()
  await sql.end()
  await praya.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
