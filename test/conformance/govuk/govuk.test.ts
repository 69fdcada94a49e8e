/**
 * Our components beside those of govuk-frontend: each fixture of the npm package, options and the HTML that they make, is drawn
 * with ours where ours can express it, and the trees must be the same but for what `differences.ts` names.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFolder } from '../../../src/platform/database.ts'
import { say } from '../../../src/platform/languages.ts'
import { type PageContext, render, type Site } from '../../../src/platform/page.tsx'
import { adapters, notCompared, notExpressible } from './adapters.tsx'
import { classes } from './classes.ts'
import { differences } from './differences.ts'
import { type Element, type Node, parse, placesOf, write } from './tree.ts'

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

/** Why our component cannot show what a fixture asks for; nothing, where it can. */
function whyNot(component: string, { name, options }: Fixture): string | undefined {
  const adapter = adapters[component]
  if (!adapter) return notCompared[component]
  for (const place of placesOf(options)) {
    if (adapter.takes.includes(place)) continue
    const value = place
      .split('.')
      .reduce<unknown>((inside, name) => (inside as Record<string, unknown>)?.[name], options)
    if (adapter.looks?.[place]?.test(String(value))) continue
    const reason = notExpressible.find(([pattern]) => pattern.test(place))?.[1]
    assert.ok(reason, `${component}, “${name}”: nothing is said of the option ${place}`)
    return reason
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

test('every fixture that our components can express has the same tree, but for what is named', (context) => {
  const counts = { same: 0, named: 0, not: 0 }
  const reasons = new Map<string, string[]>()
  const wrong: string[] = []
  for (const { component, ...fixture } of fixtures) {
    const reason = whyNot(component, fixture)
    if (reason) {
      counts.not++
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${component}: ${fixture.name}`])
      continue
    }
    let names = 0
    const theirs = write(
      asOurs(component, parse(fixture.html), [], (name) => {
        used.add(name)
        names++
      }),
      classOf,
    ).join('\n')
    const ours = write(parse(body(render(fixture.options, adapters[component]!.draw, page))), classOf).join('\n')
    if (ours !== theirs)
      wrong.push(`${component}, “${fixture.name}”\nours:\n${ours}\ntheirs, with what is named:\n${theirs}`)
    else counts[names > 0 ? 'named' : 'same']++
  }
  context.diagnostic(
    `of ${fixtures.length} fixtures ${counts.same} same, ${counts.named} same but for named differences, ${counts.not} not expressible`,
  )
  for (const [reason, names] of reasons) context.diagnostic(`${reason} – ${names.length}: ${names.join('; ')}`)
  assert.equal(
    wrong.length,
    0,
    `${wrong.length} differ.\n\n${wrong.slice(0, Number(process.env.SHOW ?? 5)).join('\n\n')}`,
  )
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
