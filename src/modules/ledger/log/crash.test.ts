import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '#platform'
import { byPort, start } from '#test'
import { aFaultyWire, type Break, type FaultyWire } from '../testing/faulty.ts'
import { insertActs, killBackend, watchHistory } from '../testing/history.sql.ts'
import { judgeHistory, keyOf, untilInOrder } from '../testing/history.ts'
import { append } from './append.ts'
import { findLog } from './logs.sql.ts'
import { ensureLog } from './logs.ts'
import { openSequencer } from './sequencer.ts'

/*
 * Connections to the database break at every statement, on the wire: the server never hears of it, or has done it and the
 * caller never hears that. A schedule is chosen by its seed alone: TEST_SEED=7 runs only that one, TEST_SEED=7-90 those, and
 * TEST_CAMPAIGN=1 thousands.
 */
const isCampaign = process.env.TEST_CAMPAIGN === '1'
const [first = 1, last = first] = process.env.TEST_SEED?.split('-').map(Number) ?? [1, isCampaign ? 4000 : 60]
const seeds = Array.from({ length: last - first + 1 }, (_, at) => first + at)

const { sql, installation, urls } = await start()
const log = pino({ level: 'silent' })
const owner = openDatabase({ ...urls, app: urls.owner }, { connectionsMax: 1 })
const callers = openDatabase(urls, { connectionsMax: 8 })
after(() => Promise.all([owner.close(), callers.close()]))
await watchHistory(owner.sql)

let made = 0
async function aLog() {
  made += 1
  const name = `log-${made}`
  await ensureLog(installation, name)
  return name
}

const entriesOf = (texts: readonly string[]) => texts.map((text) => Buffer.from(text))

/** An act and the entries that tell of it, in one transaction. */
const act = (database: { sql: typeof sql }, name: string, entries: Buffer[]) =>
  database.sql.begin(async (transaction) => {
    await insertActs(transaction, name, entries)
    return append(transaction, name, entries)
  })

/** One process of an installation, whose way to the database may break. */
async function aProcess(connectionsMax = 1) {
  const wire = await aFaultyWire(byPort(urls.app), (backend) => killBackend(sql, backend))
  const database = openDatabase({ ...urls, app: wire.url }, { connectionsMax })
  after(() => database.close())
  const open = (now: () => Date = installation.now) => openSequencer({ ...installation, sql: database.sql, now }, log)
  // Connected before anything breaks, so that statements are counted from the same place.
  await database.sql`select 1`
  return { wire, sql: database.sql, open, sequencer: open() }
}

/** Fails unless this is how a lost connection looks: anything else is a bug that the loss brought to light. */
function assertLost(error: unknown): void {
  const { code } = error as { code?: string }
  assert.match(code ?? '', /^(CONNECTION_(CLOSED|DESTROYED)|ECONNRESET|EPIPE|57P01)$/, (error as Error).stack)
}

/** Resolves with whether it was done, as far as its caller knows. */
const attempt = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error) => {
      assertLost(error)
      return false
    },
  )

/** As a process that is started anew does. */
const recover = (name: string) => untilInOrder(sql, name, openSequencer(installation, log))

const ways: readonly Omit<Break, 'at'>[] = [
  { when: 'unheard', how: 'cut' },
  { when: 'unheard', how: 'killed' },
  { when: 'done', how: 'cut' },
  { when: 'done', how: 'killed' },
]

/** Breaks `work` at its first statement, at its second, and so on until it has no more; returns how many it has. */
async function breakEach(wire: FaultyWire, way: Omit<Break, 'at'>, work: (at: number) => Promise<void>) {
  for (let at = 1; ; at += 1) {
    const before = wire.fired()
    wire.arm({ ...way, at })
    await work(at)
    wire.disarm()
    if (wire.fired() === before) return at - 1
  }
}

const kinds = {
  'a few entries': (at: number) => [`few ${at}`, `more ${at}`, `most ${at}`],
  'entries that fill a bundle and begin the next': (at: number) =>
    Array.from({ length: 250 }, (_, each) => `many ${at} ${each}`),
  'only what the log has': () => ['few 0'],
}
const statementsLeast = {
  'a few entries': 11,
  'entries that fill a bundle and begin the next': 11,
  'only what the log has': 8,
}

for (const [kind, textsAt] of Object.entries(kinds))
  for (const way of ways)
    test(`sequencing of ${kind} that breaks at any statement, ${way.when} and ${way.how}, loses and forks nothing`, async () => {
      const name = await aLog()
      const process = await aProcess()
      await act(callers, name, entriesOf(['few 0']))
      await recover(name)
      const statements = await breakEach(process.wire, way, async (at) => {
        await act(callers, name, entriesOf(textsAt(at)))
        const fired = process.wire.fired()
        // Every other time by one that begins and has opened no keys yet.
        const sequencer = at % 2 === 0 ? process.sequencer : process.open()
        const isDone = await attempt(sequencer.tick())
        process.wire.disarm()
        assert.equal(isDone, process.wire.fired() === fired, 'who breaks says so')
        // By another process, and by the same one, whose connection comes back.
        if (at % 3 === 0) await recover(name)
        else await process.sequencer.tick().then(() => recover(name))
        if (isCampaign || at % 4 === 0) await judgeHistory(sql, name)
      })
      await judgeHistory(sql, name)
      assert.ok(statements >= statementsLeast[kind as keyof typeof kinds], `${statements} statements were broken`)
    })

for (const way of ways)
  test(`an act that breaks at any statement, ${way.when} and ${way.how}, is in the log exactly if it is done`, async () => {
    const name = await aLog()
    const { wire, sql: broken } = await aProcess()
    const done: string[] = []
    let last = false
    const statements = await breakEach(wire, way, async (at) => {
      last = await attempt(act({ sql: broken }, name, entriesOf([`act ${at}`, 'each'])))
      if (last) done.push(`act ${at}`)
      await recover(name)
      const places = await judgeHistory(sql, name)
      for (const text of done) assert.ok(places.has(keyOf(Buffer.from(text))), `${text} was acknowledged`)
    })
    assert.equal(last, true)
    assert.ok(statements >= 4, `${statements} statements were broken`)
    // Of those that broke, all but the last did so before `commit` was done.
    const size = (await findLog(sql, name))!.size
    assert.equal(size, way.when === 'done' ? 3 : 2)
  })

for (const way of ways)
  test(`a log whose making breaks at any statement, ${way.when} and ${way.how}, is made whole by the next`, async () => {
    const { wire, sql: broken } = await aProcess()
    const statements = await breakEach(wire, way, async () => {
      made += 1
      const name = `log-${made}`
      await attempt(ensureLog({ ...installation, sql: broken }, name))
      await ensureLog(installation, name)
      await act(callers, name, entriesOf(['first']))
      await recover(name)
      assert.equal((await judgeHistory(sql, name)).size, 1)
    })
    assert.ok(statements >= 7, `${statements} statements were broken`)
  })

test('whoever vanishes with a log in hand stops only that log, and only until the server learns of it', async () => {
  const [name, other] = [await aLog(), await aLog()]
  const { wire, sequencer } = await aProcess()
  await act(callers, name, entriesOf(['a']))
  wire.arm({ at: 9, when: 'done', how: 'vanished' })
  assert.equal(await attempt(sequencer.tick()), false)
  await act(callers, name, entriesOf(['b']))
  await act(callers, other, entriesOf(['c']))
  const next = openSequencer(installation, log)
  await next.tick()
  assert.equal((await findLog(sql, name))!.size, 0)
  assert.equal((await findLog(sql, other))!.size, 1)
  wire.forget()
  await recover(name)
  assert.equal((await judgeHistory(sql, name)).size, 2)
  await judgeHistory(sql, other)
})

test('a step that fails in the program and not in the database stops the others with it', async () => {
  const name = await aLog()
  await act(callers, name, entriesOf(['a', 'b']))
  await recover(name)
  const before = await findLog(sql, name)
  // As a copy that was restored badly: the bundle has an entry less than the log says.
  const widen = (by: number) => owner.sql`
    update ledger.bundle
    set width = width + ${by}
    where log = ${before!.id}`
  await widen(-1)
  await act(callers, name, entriesOf(['c']))
  const sequencer = openSequencer(installation, log)
  for (let tries = 0; tries < 3; tries += 1) {
    await assert.rejects(sequencer.tick(), /does not end where it should go on/)
    // What the program still had under way must not be done after the transaction was rolled back.
    await pause(50)
    assert.deepEqual(await findLog(sql, name), before)
  }
  await widen(1)
  await recover(name)
  assert.equal((await judgeHistory(sql, name)).size, 3)
})

/** Numbers from 0 to below `end`, by a seed (mulberry32). */
function randomFrom(seed: number) {
  let state = seed * 0x9e3779b1
  return (end: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }
}

type Process = Awaited<ReturnType<typeof aProcess>>
/** An act whose transaction is under way until it is settled. */
type Late = { texts: string[]; settle: (isDone: boolean) => void; ended: Promise<unknown> }

/** What happens to one log. */
function begin(seed: number, name: string, processes: readonly Process[]) {
  const random = randomFrom(seed)
  const clock = { ahead: 0 }
  const now = () => new Date(Date.now() + clock.ahead)
  return {
    ...{ seed, name, processes, clock, random },
    chance: (percent: number) => random(100) < percent,
    oneOf: <Item>(items: readonly Item[]) => items[random(items.length)]!,
    open: ({ open }: Process) => open(now),
    sequencers: processes.map(({ open }) => open(now)),
    /** What was ever to be written, acknowledged, and rolled back. */
    ...{ written: [] as string[], acknowledged: new Set<string>(), undone: new Set<string>() },
    late: [] as Late[],
    /** Places that somebody waited for and was told. */
    ...{ places: [] as [string, number | undefined][], told: [] as Promise<unknown>[] },
  }
}
type Life = ReturnType<typeof begin>

/** Entries of one act: mostly a few, now and then as many as there may be, and some that were written before. */
function someTexts({ seed, written, random, chance, oneOf }: Life): string[] {
  const width = chance(10) ? 200 + random(57) : 1 + random(6)
  return Array.from({ length: width }, () => {
    if (written.length > 0 && chance(20)) return oneOf(written)
    return written[written.push(`${seed}/${written.length}`) - 1]!
  })
}

function arm({ chance, oneOf, random }: Life, { wire }: Process, percent: number, atMost: number): void {
  const [when, how] = [oneOf(['unheard', 'done'] as const), oneOf(['cut', 'cut', 'killed', 'vanished'] as const)]
  if (chance(percent)) wire.arm({ at: 1 + random(atMost), when, how })
}

async function actBy(life: Life, database: { sql: typeof sql }): Promise<void> {
  const texts = someTexts(life)
  const whoWaits = life.oneOf(life.sequencers)
  const leaves = await act(database, life.name, entriesOf(texts)).catch(assertLost)
  if (!leaves) return
  for (const text of texts) life.acknowledged.add(text)
  const told = whoWaits.wait(life.name, leaves, new AbortController().signal)
  life.told.push(
    told.then((indexes) =>
      life.places.push(...indexes.map((index, at): [string, number | undefined] => [texts[at]!, index])),
    ),
  )
}

async function beginLate(life: Life): Promise<void> {
  const texts = someTexts(life)
  const written = Promise.withResolvers<void>()
  const settled = Promise.withResolvers<boolean>()
  const ended = callers.sql.begin(async (transaction) => {
    await insertActs(transaction, life.name, entriesOf(texts))
    await append(transaction, life.name, entriesOf(texts))
    written.resolve()
    if (!(await settled.promise)) throw rolledBack
  })
  ended.catch(written.reject)
  await written.promise
  life.late.push({ texts, settle: settled.resolve, ended })
}

const rolledBack = new Error('rolled back')

async function settle(life: Life, late: Late | undefined): Promise<void> {
  if (!late) return
  const isDone = life.chance(70)
  late.settle(isDone)
  if (!isDone) return assert.rejects(late.ended, (error) => error === rolledBack)
  await late.ended
  for (const text of late.texts) life.acknowledged.add(text)
}

const breaksMax = 14
const hourMs = 3_600_000

const steps: readonly { often: number; step: (life: Life) => unknown }[] = [
  { often: 5, step: (life) => actBy(life, callers) },
  {
    often: 3,
    step(life) {
      const process = life.oneOf(life.processes)
      arm(life, process, 80, 6)
      return actBy(life, process)
    },
  },
  {
    often: 1,
    async step({ name, seed, undone }) {
      const text = `${seed}/never ${undone.size}`
      undone.add(text)
      const never = callers.sql.begin(async (transaction) => {
        await append(transaction, name, entriesOf([text]))
        throw rolledBack
      })
      await assert.rejects(never, (error) => error === rolledBack)
    },
  },
  { often: 2, step: (life) => (life.late.length < 3 ? beginLate(life) : settle(life, life.late.shift())) },
  { often: 2, step: (life) => settle(life, life.late.splice(life.random(life.late.length + 1), 1)[0]) },
  {
    often: 6,
    step(life) {
      const which = life.random(life.processes.length)
      arm(life, life.processes[which]!, 60, breaksMax)
      return attempt(life.sequencers[which]!.tick())
    },
  },
  {
    // Everybody at once.
    often: 3,
    step(life) {
      for (const process of life.processes) arm(life, process, 50, 2 * breaksMax)
      const ticks = life.sequencers.map(async (sequencer) => {
        for (let turns = 1 + life.random(3); turns > 0; turns -= 1) await attempt(sequencer.tick())
      })
      return Promise.all([...ticks, ...Array.from({ length: life.random(4) }, () => actBy(life, callers))])
    },
  },
  {
    often: 1,
    step({ clock, random }) {
      clock.ahead = (random(97) - 48) * hourMs
    },
  },
  {
    // One process ends, and another begins in its place.
    often: 1,
    async step(life) {
      const which = life.random(life.processes.length)
      await life.sequencers[which]!.stop()
      life.sequencers[which] = life.open(life.processes[which]!)
    },
  },
  { often: 1, step: ({ oneOf, processes }) => oneOf(processes).wire.forget() },
]
const choices = steps.flatMap(({ often, step }) => Array.from({ length: often }, () => step))

async function live(seed: number, processes: readonly Process[]): Promise<void> {
  const name = await aLog()
  const life = begin(seed, name, processes)
  try {
    for (let count = 8 + life.random(10); count > 0; count -= 1) {
      await life.oneOf(choices)(life)
      for (const { wire } of processes) wire.disarm()
    }
  } finally {
    for (const { wire } of processes) wire.forget()
    for (const late of life.late) await settle(life, late)
  }
  // By one that was there, which may have looked too early, and not only by one that looks for everything.
  await untilInOrder(sql, name, life.oneOf(life.sequencers))
  for (const sequencer of life.sequencers) {
    await sequencer.tick()
    await sequencer.stop()
  }
  await Promise.all(life.told)
  const found = await judgeHistory(sql, name)
  const placeOf = (text: string) => found.get(keyOf(Buffer.from(text)))
  for (const text of life.acknowledged)
    assert.notEqual(placeOf(text), undefined, `${text} was acknowledged, and is lost`)
  for (const text of life.undone) assert.equal(placeOf(text), undefined, `${text} was rolled back, and is in the log`)
  for (const [text, index] of life.places)
    if (index !== undefined) assert.equal(placeOf(text), index, `${text} was said to be at ${index}`)
}

test(`by ${seeds.length} schedules of acts, breaks, clocks and several sequencers, a log has one history: of what was done`, async (context) => {
  const processes = [await aProcess(2), await aProcess(2), await aProcess(2)]
  for (const seed of seeds)
    await live(seed, processes).catch((error) => {
      throw new Error(`TEST_SEED=${seed}: ${error.message}`, { cause: error })
    })
  const fired = processes.reduce((count, { wire }) => count + wire.fired(), 0)
  context.diagnostic(`${seeds.length} schedules, ${fired} breaks`)
  assert.ok(seeds.length < 100 || fired >= seeds.length, 'connections break')
})
