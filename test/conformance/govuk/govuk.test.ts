/**
 * Our components beside those of govuk-frontend: each fixture of the npm package, options and the HTML that they make, is drawn
 * with ours where ours can express it, and the trees must be the same but for what `differences.ts` names.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFolder } from '../../../src/platform/database.ts'
import { say } from '../../../src/platform/languages.ts'
import { type PageContext, render, type Site } from '../../../src/platform/page.tsx'
import { adapters } from './adapters.tsx'
import { classes } from './classes.ts'
import { differences } from './differences.ts'
import { notCompared, notExpressible } from './reasons.ts'
import { type Element, type Node, parse, placesOf, valuesAt, write } from './tree.ts'

type Fixture = { name: string; options: Record<string, unknown>; html: string }

const folder = 'node_modules/govuk-frontend/dist/govuk/components'
const fixtures = globSync(`${folder}/*/fixtures.json`, { cwd: projectFolder })
  .sort()
  .flatMap((path) => {
    const file = JSON.parse(readFileSync(new URL(path, projectFolder), 'utf8')) as {
      component: string
      fixtures: Fixture[]
    }
    return file.fixtures.map((fixture) => ({ component: path.split('/').at(-2)!, ...fixture }))
  })

const site = { languages: [] as Site['languages'] } as Site
const page: PageContext = {
  language: 'en',
  say: (text, values) => say(text, 'en', values),
  path: '/',
  href: (path) => path,
  government: site,
  demonstration: false,
}

const unsaid: string[] = []

/** Why our component cannot show what a fixture asks for; nothing, where it can. */
function whyNot(component: string, { name, options }: Fixture): string | undefined {
  const adapter = adapters[component]
  if (!adapter) return notCompared[component]?.reason
  for (const place of placesOf(options)) {
    if (adapter.takes.some((each) => (each.endsWith('.*') ? place.startsWith(each.slice(0, -1)) : each === place)))
      continue
    const look = adapter.looks?.[place]
    if (look && valuesAt(options, place).every((value) => look.test(String(value ?? '')) || value === undefined))
      continue
    const reason = notExpressible.find(([pattern]) => pattern.test(`${component} ${place}`))?.[1]
    if (!reason) unsaid.push(`${component}, “${name}”: ${place}`)
    return reason ?? 'Nothing is said'
  }
  return adapter.needs?.(options) || undefined
}

/** Content that a caller gives is the same in both: no difference of a component is looked for in it. */
const given = /__conditional$|__panel$|details__text$|summary-list__value$/

const used = new Set<string>()

/** Their tree with the named differences put in, from the outside in. */
function asOurs(
  component: string,
  nodes: readonly Node[],
  parents: readonly Element[],
  note: (name: string) => void,
): Node[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [node]
    let now: Node[] = [node]
    for (const each of differences)
      if (each.components.includes(component))
        now = now.flatMap((one) => {
          if (typeof one === 'string' || !each.find(one, parents)) return [one]
          note(each.difference)
          return each.ours(one, parents)
        })
    const changed = now.length !== 1 || now[0] !== node
    return now.flatMap((one) => {
      if (typeof one === 'string') return [one]
      if (one.classes.some((name) => given.test(name))) return [one]
      // What a difference unwrapped is looked at again, as the elements that it holds now stand here.
      if (changed && node.children.includes(one)) return asOurs(component, [one], parents, note)
      const inside: Element = { ...one }
      inside.children = asOurs(component, one.children, [...parents, inside], note)
      return [inside]
    })
  })
}

const classOf = (name: string) => classes[name] ?? name
const body = (html: string) => html.replace(/^<!doctype html>\n/, '')

test('the fixtures are those of the version that is installed', () => assert.equal(fixtures.length, 725))

type Held = { same: number; named: number; reasons: Map<string, number> }

/** What is held of each component, and each that is neither held nor excused. */
function compare() {
  const held = new Map<string, Held>()
  const wrong: string[] = []
  for (const { component, ...fixture } of fixtures) {
    const counts = held.get(component) ?? { same: 0, named: 0, reasons: new Map() }
    held.set(component, counts)
    const reason = whyNot(component, fixture)
    if (reason) {
      counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1)
      continue
    }
    let names = 0
    const note = (name: string) => {
      used.add(name)
      names++
    }
    const theirs = write(asOurs(component, parse(fixture.html), [], note), classOf).join('\n')
    const ours = write(drawn(component, fixture), classOf).join('\n')
    if (ours !== theirs)
      wrong.push(`${component}, “${fixture.name}”\nours:\n${ours}\ntheirs, with what is named:\n${theirs}`)
    else counts[names > 0 ? 'named' : 'same']++
  }
  return { held, wrong }
}

function drawn(component: string, { options }: Fixture): Node[] {
  const { draw, part, page: own } = adapters[component]!
  const nodes = parse(body(render(options, draw, { ...page, ...own?.(options) })))
  return part ? [part(nodes)].filter((node) => node !== undefined) : nodes
}

const { held, wrong } = compare()

test('every fixture that our components can express has the same tree, but for what is named', () =>
  assert.equal(
    wrong.length,
    0,
    `${wrong.length} differ.\n\n${wrong.slice(0, Number(process.env.SHOW ?? 5)).join('\n\n')}`,
  ))

/** The tables of the page in docs/standards: what is held of each component, and what differs on purpose. */
function tables() {
  const rows = [...held].map(([component, { same, named, reasons }]) => {
    const ours = adapters[component]?.ours ?? notCompared[component]?.ours ?? '–'
    const all = same + named + [...reasons.values()].reduce((sum, each) => sum + each, 0)
    const why = [...reasons].map(([reason, count]) => `${reason} (${count})`).join('. ')
    return { ours, component, same, named, all, why }
  })
  const sum = (of: 'same' | 'named' | 'all') => rows.reduce((total, row) => total + row[of], 0)
  return [
    `Of ${sum('all')} fixtures ${sum('same') + sum('named')} are held: ${sum('same')} have the same tree, ${sum('named')} the same but for a named difference.`,
    '',
    '| theirs | ours | held | of | not held, and why (fixtures) |',
    '| --- | --- | ---: | ---: | --- |',
    ...rows.map(
      ({ component, ours, same, named, all, why }) => `| ${component} | ${ours} | ${same + named} | ${all} | ${why} |`,
    ),
    '',
    '## Differences',
    '',
    '| where | ours | why |',
    '| --- | --- | --- |',
    ...differences.map(
      ({ components, difference, reason }) => `| ${components.join(', ')} | ${difference} | ${reason} |`,
    ),
  ].join('\n')
}

test('what is held, what is not and what differs is told component by component, with its reasons', () => {
  const path = new URL('docs/standards/govuk-frontend.md', projectFolder)
  const [before, now] = [readFileSync(path, 'utf8'), tables()]
  const mark = '\n<!-- From here on written by test/conformance/govuk: WRITE=1 writes it anew. -->\n\n'
  const after = `${before.split(mark)[0]}${mark}${now}\n`
  if (process.env.WRITE === '1') writeFileSync(path, after)
  else assert.equal(before, after)
})

test('every named difference is one', () => {
  assert.deepEqual(
    differences.map(({ difference }) => difference).filter((each) => !used.has(each)),
    [],
  )
})

test('every component of theirs is compared, or it is said why not', () => {
  for (const component of new Set(fixtures.map(({ component }) => component)))
    assert.ok(adapters[component] ? !notCompared[component] : notCompared[component], component)
})

test('of every option that ours has not it is said why', () => assert.deepEqual(unsaid, []))

test('every reason is needed', () => {
  const given = new Set([...held.values()].flatMap(({ reasons }) => [...reasons.keys()]))
  assert.deepEqual(
    notExpressible.map(([, reason]) => reason).filter((each) => !given.has(each)),
    [],
  )
})
