import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import type { Figure } from '#platform'
import { start } from '#test'
import { aModule, probeRoutes } from './probe.tsx'

const period = { en: 'now', 'zh-Hant': '現在' }

/** An installation that computes these figures, and how often each was asked for. */
async function withFigures(computes: Record<string, Figure['compute']>) {
  const asked: Record<string, number> = {}
  const figures = Object.entries(computes).map(([name, compute]): Figure => {
    const id = `probe.${name}`
    asked[id] = 0
    return {
      id,
      title: { en: name, 'zh-Hant': '數目' },
      unit: 'number',
      period,
      evidence: '/probe/open',
      compute: (installation) => {
        asked[id]! += 1
        return compute(installation)
      },
    }
  })
  const started = await start({
    modules: [aModule(probeRoutes, { figures })],
    now: () => new Date('2030-02-03T04:05:06Z'),
  })
  return { ...started, asked, figures: started.app.figures }
}

test('a figure is computed from the installation, dated, and without its function as data', async () => {
  const { app, sql } = await withFigures({
    events: async ({ sql }) =>
      (await sql<[{ count: number }]>`select count(*) as count from platform.audit_event`)[0].count,
  })
  await sql`insert into platform.audit_event (event, actor, subject) values ('probe.note-written', 'system', 'note')`
  const { figures } = (await app.inject('/figures')).json()
  const title = { en: 'events', 'zh-Hant': '數目' }
  const at = '2030-02-03T04:05:06.000Z'
  assert.deepEqual(figures, [
    { id: 'probe.events', title, unit: 'number', period, evidence: '/probe/open', value: 1, at, failed: false },
  ])
})

test('a figure is computed once, however many ask at once and for five seconds', async (context) => {
  const clock = mock.method(performance, 'now', () => time)
  let time = 1000
  context.after(() => clock.mock.restore())
  const { figures, asked } = await withFigures({ slow: () => new Promise((resolve) => setTimeout(resolve, 30, 7)) })
  const readings = await Promise.all(Array.from({ length: 50 }, () => figures.find('probe.slow')))
  assert.ok(readings.every((reading) => reading?.value === 7))
  assert.equal(asked['probe.slow'], 1)
  time += 4999
  await figures.find('probe.slow')
  assert.equal(asked['probe.slow'], 1)
  time += 2
  await figures.readAll()
  assert.equal(asked['probe.slow'], 2)
})

test('a figure that takes longer than it is kept is still computed once at a time', async (context) => {
  let time = 1000
  const clock = mock.method(performance, 'now', () => time)
  context.after(() => clock.mock.restore())
  const { figures, asked } = await withFigures({ slow: () => new Promise((resolve) => setTimeout(resolve, 30, 7)) })
  const first = figures.find('probe.slow')
  time += 60_000
  const second = figures.find('probe.slow')
  assert.deepEqual([(await first)?.value, (await second)?.value], [7, 7])
  assert.equal(asked['probe.slow'], 1)
})

test('a figure that cannot be computed shows as failed beside those that can, and is tried again', async (context) => {
  let time = 1000
  const clock = mock.method(performance, 'now', () => time)
  context.after(() => clock.mock.restore())
  let broken = true
  const { app, figures } = await withFigures({
    good: async () => 1,
    bad: async () => {
      if (broken) throw new Error('no such table')
      return 2
    },
    worse: () => {
      throw new Error('thrown before any promise')
    },
    none: async () => null,
  })
  const read = async () => (await figures.readAll()).map(({ value, failed }) => [value, failed])
  assert.deepEqual(await read(), [
    [1, false],
    [null, true],
    [null, true],
    [null, false],
  ])
  const page = await app.inject({ url: '/eng/figures', headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 200)
  assert.ok(!page.body.includes('no such table'))
  broken = false
  time += 5001
  assert.deepEqual((await read())[1], [2, false])
})

test('a figure that no module computes is not found', async () => {
  const { figures } = await withFigures({ good: async () => 1 })
  assert.equal(await figures.find('probe.unheard-of'), undefined)
  assert.equal(await figures.find('__proto__'), undefined)
})
