/*
 * How many whole applications a second 64 people complete at once on one process and PostgreSQL: eight pages of a form, each opened and
 * answered, the answers looked at and sent, as a browser without JavaScript does it, nobody signed in. Beside it in the same run the
 * floor of the machine (bench/services-floor.ts): the same requests, the same rows and pages of the same bytes, with nothing else.
 * Prints the medians of the turns and the pace of each kind of request.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { parse, stringify } from 'yaml'
import { checkService } from '../src/modules/services/definitions/check.rules.ts'
import { compileService } from '../src/modules/services/definitions/compile.rules.ts'
import { hashOf } from '../src/modules/services/versions/versions.ts'
import postgres from '../src/platform/driver.ts'
import { startPostgres } from '../src/start/postgres/server.ts'
import { freePort, machine, median, part, print, startPraya, startWords } from './praya.ts'
import type { Floor, Seen } from './services-floor.ts'

const people = 64
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const turns = 3

const text = (en: string) => ({ en, 'zh-Hant': `「${en}」中文` })
const pages = [
  {
    id: 'name',
    title: text('Your group'),
    questions: [
      { id: 'group_name', title: text('Name of the group'), kind: 'text', max: 100 },
      { id: 'members', title: text('How many members does it have?'), kind: 'number', whole: true, min: 0 },
    ],
  },
  {
    id: 'kind',
    questions: [
      {
        id: 'kind',
        title: text('What kind of group are you?'),
        kind: 'choice',
        options: [
          { id: 'association', title: text('An association') },
          { id: 'school', title: text('A school') },
          { id: 'company', title: text('A company') },
        ],
      },
    ],
  },
  {
    id: 'founded',
    when: 'kind != "school"',
    questions: [{ id: 'founded_on', title: text('When was it founded?'), kind: 'date', max: 0 }],
  },
  {
    id: 'topics',
    questions: [
      {
        id: 'topics',
        title: text('What are the activities about?'),
        kind: 'choices',
        options: [
          { id: 'warning', title: text('Warnings') },
          { id: 'shelter', title: text('Shelters') },
          { id: 'boats', title: text('Boats') },
        ],
      },
    ],
  },
  { id: 'cost', questions: [{ id: 'cost', title: text('What does it cost?'), kind: 'money', min: 1, max: 100000 }] },
  { id: 'more', questions: [{ id: 'more', title: text('What happens?'), kind: 'long-text', max: 2000 }] },
  {
    id: 'contact',
    title: text('How we reach you'),
    questions: [
      { id: 'contact_name', title: text('Your name'), kind: 'text', purpose: 'name' },
      { id: 'email', title: text('Email address'), kind: 'email', purpose: 'email' },
    ],
  },
  { id: 'insured', questions: [{ id: 'insured', title: text('Is the group insured?'), kind: 'yes-no' }] },
]
const answers: Record<string, string> = {
  name: 'group_name=Quay+Watchers&members=12',
  kind: 'kind=association',
  founded: 'founded_on-day=1&founded_on-month=3&founded_on-year=2020',
  topics: 'topics=warning&topics=boats',
  cost: 'cost=1%2C200.50',
  more: `more=${'Everybody+learns+where+to+go+when+the+water+comes.+'.repeat(6)}`,
  contact: 'contact_name=Ada+Quay&email=ada%40example.org',
  insured: 'insured=yes',
}

const folder = await mkdtemp(join(tmpdir(), 'praya-bench-'))
const pack = join(folder, 'pack')
await cp(new URL('../governments/testland', import.meta.url), pack, { recursive: true })
const tideGrant = parse(await readFile(join(pack, 'services/tide-grant.yaml'), 'utf8'))
// A grant speaks of questions that neither form asks.
const { grant: _, ...apply } = tideGrant.apply
const model = { ...tideGrant, apply }
const steps = model.apply.case.steps.map(({ when: _, ...step }: { when?: string }) => step)
const plainMessages = model.apply.case.messages.map((message: { text: object }) => ({
  ...message,
  text: text('We have it.'),
}))
await writeFile(
  join(pack, 'services/bench.yaml'),
  stringify({
    ...model,
    id: 'bench',
    apply: {
      ...model.apply,
      form: { pages, declaration: model.apply.form.declaration },
      case: {
        ...model.apply.case,
        prefix: 'BE',
        steps,
        rules: undefined,
        messages: plainMessages,
      },
    },
  }),
)

// A form of 300 questions and a case with 200 rules: half of the pages depend on an answer, and all rules on several.
const large = {
  ...model,
  id: 'large',
  apply: {
    ...model.apply,
    form: {
      declaration: model.apply.form.declaration,
      values: [{ id: 'total', title: text('Total'), kind: 'number', gives: 'number_0 + number_3 + number_6' }],
      pages: Array.from({ length: 300 }, (_, at) => ({
        id: `page-${at}`,
        ...(at % 2 && { when: `number_${at < 4 ? 0 : Math.floor((at - 1) / 3) * 3} < 900` }),
        questions: [
          at % 3 === 0
            ? {
                id: `number_${at}`,
                title: text(`How many things of kind ${at}?`),
                kind: 'number',
                whole: true,
                min: 0,
                max: 1000,
              }
            : at % 3 === 1
              ? { id: `text_${at}`, title: text(`What is thing ${at}?`), kind: 'text', max: 200 }
              : {
                  id: `choice_${at}`,
                  title: text(`Which kind is thing ${at}?`),
                  kind: 'choice',
                  options: ['a', 'b', 'c'].map((id) => ({ id, title: text(`Kind ${id}`) })),
                },
        ],
      })),
    },
    case: {
      ...model.apply.case,
      prefix: 'LA',
      outputs: model.apply.case.outputs.map((output: object) => ({ ...output, text: text('Granted.') })),
      steps,
      messages: plainMessages,
      rules: [
        {
          id: 'ceiling',
          title: text('How much'),
          hit: 'first',
          inputs: ['number_0', 'choice_2', 'total'],
          outputs: [{ id: 'amount', kind: 'money' }],
          rows: Array.from({ length: 200 }, (_, at) => ({
            when: at === 199 ? ['-', '-', '-'] : [`[${at * 5}..${at * 5 + 4}]`, `"${'abc'[at % 3]}"`, `< ${3000 - at}`],
            gives: { amount: `${at * 100}` },
            reason: 'within-limit',
          })),
        },
      ],
    },
  },
}
await writeFile(join(pack, 'services/large.yaml'), stringify(large))

const server = await startPostgres({ folder, log: pino({ level: 'silent' }) })
const ownPort = await freePort()
const praya = await startPraya(
  {
    PRAYA_PORT: String(ownPort),
    PRAYA_DATABASE_URL: server.ownerUrl,
    PRAYA_REQUESTS_PER_MINUTE: '1000000',
    PRAYA_PACK: pack,
    PRAYA_VAULT_SECRET: 'what seals answers of the bench alone',
  },
  await mkdtemp(join(folder, 'data-')),
)

type Answer = { status: number; location: string; body: string }
/** One connection of a browser, with no more than these requests need: the load shall cost the machine little. */
function open(port: number): {
  ask: (method: string, path: string, form?: string) => Promise<Answer>
  close: () => void
} {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let cookie = ''
  let held: Buffer = Buffer.alloc(0)
  let settle: ((answer: Answer) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  socket.on('error', (error) => fail?.(error))
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const end = held.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = held.toString('latin1', 0, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (held.length < end + 4 + length) return
    const body = held.toString('utf8', end + 4, end + 4 + length)
    held = held.subarray(end + 4 + length)
    for (const [, set] of head.matchAll(/set-cookie: (praya_applications=[^;]+)/gi)) cookie = set!
    settle?.({ status: Number(head.slice(9, 12)), location: /\r\nlocation: (\S+)/i.exec(head)?.[1] ?? '', body })
  })
  const ask = (method: string, path: string, form?: string) =>
    new Promise<Answer>((resolve, reject) => {
      settle = resolve
      fail = reject
      const own = cookie && `cookie: ${cookie}\r\n`
      const content =
        form === undefined
          ? ''
          : `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(form)}\r\n`
      socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\n${own}${content}\r\n${form ?? ''}`,
      )
    })
  return { ask, close: () => socket.destroy() }
}

/** How long each kind of request took, and what it answered: of Praya, while it is measured. */
type Notes = { paces: Map<string, number[]>; seen?: Pick<Seen, 'bodies' | 'data'> }

async function applyWhole({ ask }: ReturnType<typeof open>, notes?: Notes): Promise<void> {
  const timed = async (name: string, method: string, path: string, form?: string) => {
    const began = performance.now()
    const answer = await ask(method, path, form)
    const paces = notes?.paces.get(name) ?? []
    paces.push(performance.now() - began)
    notes?.paces.set(name, paces)
    if (notes?.seen && method === 'GET') {
      const address = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')
      notes.seen.bodies[address] = answer.body
      notes.seen.data[address] = JSON.parse((await ask('GET', `${path}.json`)).body)
    }
    if (answer.status >= 400)
      throw new Error(`${name}: ${answer.status} ${answer.body.replace(/<[^>]*>/g, ' ').slice(0, 400)}`)
    return answer
  }
  await timed('before', 'GET', '/eng/services/bench/apply')
  const begun = await timed('begin', 'POST', '/services/bench/apply', `token=${randomUUID()}`)
  let { location } = begun
  for (const { id } of pages) {
    if (!location.endsWith(`/${id}`)) throw new Error(`${id} was expected, and not ${location}`)
    await timed('page', 'GET', location)
    location = (await timed('answer', 'POST', location.replace('/eng', ''), `${answers[id]}&act=continue`)).location
  }
  const check = await timed('check', 'GET', location)
  const digest = /name="digest" value="([^"]+)"/.exec(check.body)![1]!
  const sent = await timed(
    'send',
    'POST',
    location.replace('/eng', '').replace('/check', '/send'),
    `digest=${encodeURIComponent(digest)}&agree=yes`,
  )
  const receipt = await timed('receipt', 'GET', sent.location)
  if (!/BE-[2-9A-Z]{5}-/.test(receipt.body)) throw new Error('There is no reference on the receipt')
}

async function turn(port: number, forSeconds: number, notes?: Notes): Promise<number> {
  let done = 0
  const until = performance.now() + forSeconds * 1000
  const began = performance.now()
  await Promise.all(
    Array.from({ length: people }, async () => {
      while (performance.now() < until) {
        const browser = open(port)
        await applyWhole(browser, notes)
        browser.close()
        done += 1
      }
    }),
  )
  return done / ((performance.now() - began) / 1000)
}

/** What the floors need: the pages that Praya sends, in a file, and a table. */
async function prepareFloors(): Promise<string> {
  const notes = { paces: new Map(), seen: { bodies: {}, data: {} } }
  const browser = open(ownPort)
  await applyWhole(browser, notes)
  browser.close()
  const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
  await sql`create table public.bench_besides (of uuid not null, row bytea not null)`
  await sql`grant insert on public.bench_besides to app`
  const [row] = (await sql`
    select encode(hash, 'hex') as version, definition from services.version where service = 'bench' limit 1`) as never as [
    Pick<Seen, 'version' | 'definition'>,
  ]
  await sql.end()
  const seen = join(folder, 'seen.json')
  await writeFile(seen, JSON.stringify({ pages: pages.map(({ id }) => id), ...notes.seen, ...row } satisfies Seen))
  return seen
}

/** A floor under the same settings of Node, on the same database. */
async function startFloor(kind: Floor, seen: string) {
  const { flags, surroundings } = startWords()
  const child = fork(new URL('./services-floor.ts', import.meta.url), [kind, server.appUrl, seen], {
    execArgv: [...process.execArgv, ...flags],
    env: { ...process.env, ...surroundings },
  })
  const [port] = (await once(child, 'message')) as [number]
  return { port, stop: () => void child.kill() }
}

/** The whole of publishing but for two rows: the check, compiling, and the hash. */
function timePublishing(): number {
  const definition = structuredClone(large) as never
  const began = performance.now()
  const complaints = [...checkService(definition, {})]
  compileService(definition)
  hashOf(definition)
  const ms = performance.now() - began
  if (complaints.length > 0)
    throw new Error(
      `The large definition is refused: ${JSON.stringify(complaints[0]!.text)} ${JSON.stringify(complaints[0]!.values)}`,
    )
  return ms
}

/** Pages of the large form while it is filled in, one person alone: how long each is opened and answered. */
async function fillLarge(): Promise<{ opened: number[]; answered: number[] }> {
  const browser = open(ownPort)
  const opened: number[] = []
  const answered: number[] = []
  const timed = async (into: number[], ...ask: Parameters<typeof browser.ask>) => {
    const began = performance.now()
    const answer = await browser.ask(...ask)
    into.push(performance.now() - began)
    if (answer.status >= 400) throw new Error(`${ask[1]}: ${answer.status}`)
    return answer
  }
  await browser.ask('GET', '/eng/services/large/apply')
  let { location } = await browser.ask('POST', '/services/large/apply', `token=${randomUUID()}`)
  while (location.includes('/pages/')) {
    const at = Number(location.slice(location.lastIndexOf('-') + 1))
    await timed(opened, 'GET', location)
    const form = at % 3 === 0 ? `number_${at}=${at}` : at % 3 === 1 ? `text_${at}=Thing+${at}` : `choice_${at}=b`
    location = (await timed(answered, 'POST', location.replace('/eng', ''), form)).location
  }
  browser.close()
  return { opened, answered }
}

try {
  print(`# services – ${machine()}`)
  const seen = await prepareFloors()
  const kinds = ['plain', 'guarded', 'dutiful'] as const
  const floors = await Promise.all(
    kinds.map(async (kind) => ({ kind, ...(await startFloor(kind, seen)), rates: [] as number[] })),
  )
  const paces = new Map<string, number[]>()
  for (const port of [ownPort, ...floors.map((floor) => floor.port)]) await turn(port, 3)
  const rates: number[] = []
  for (let at = 0; at < turns; at += 1) {
    rates.push(await turn(ownPort, seconds, { paces }))
    for (const floor of floors) floor.rates.push(await turn(floor.port, seconds))
  }
  for (const floor of floors) floor.stop()
  const each = (all: number[]) => all.map((rate) => rate.toFixed(0)).join(', ')
  print(
    `whole applications of ${pages.length} pages, ${people} people at once: ${median(rates).toFixed(1)} a second (limit 150; turns ${each(rates)})`,
  )
  for (const { kind, rates: all } of floors)
    print(
      `  the floor, ${kind}: ${median(all).toFixed(1)} a second (turns ${each(all)}); share ${(median(rates) / median(all)).toFixed(2)}`,
    )
  for (const [name, all] of paces) {
    const of = (share: number) => part(all, share).toFixed(1)
    print(`  ${name.padEnd(8)} ${String(all.length).padStart(6)}  p50 ${of(0.5)} ms  p99 ${of(0.99)} ms`)
  }
  const published = Array.from({ length: 5 }, timePublishing)
  print(`a definition of 300 questions and 200 rules: published in ${median(published).toFixed(0)} ms (limit 2000)`)
  await fillLarge()
  const { opened, answered } = await fillLarge()
  print(
    `  its ${opened.length} pages, one person: opened in p50 ${median(opened).toFixed(1)} ms, p99 ${part(opened, 0.99).toFixed(1)} ms (limit 10); answered in p50 ${median(answered).toFixed(1)} ms`,
  )
} finally {
  await praya.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
