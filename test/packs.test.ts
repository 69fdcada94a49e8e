import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadPack, packFiles, platformDefinitions } from '#pack'
import { type Initiative, initiatives, listSystems, systems } from '../src/modules/estimates/initiatives/definitions.ts'
import { realBytes, withoutRealText } from '../src/modules/estimates/testing/texts.ts'
import { services } from '../src/modules/services/definitions/service.ts'
import { definitions } from '../src/modules.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const load = (name: string) => loadPack(join(project, 'governments', name), definitions)
const document = '2023-24/47'
const skip = withoutRealText
const realText = () => Buffer.from(realBytes()).toString('utf8')

test('both packs load without a mistake', async () => {
  for (const name of ['testland', 'hongkong']) {
    const { pack, mistakes } = await load(name)
    assert.deepEqual(mistakes, [])
    assert.equal(pack.government.id, name)
  }
})

test('the README says how many made-up people sign in', () => {
  const people = readFileSync(join(project, 'governments/hongkong/people.yaml'), 'utf8').match(/^- id:/gm)!.length
  assert.match(readFileSync(join(project, 'README.md'), 'utf8'), new RegExp(`choose one of ${people} made-up people`))
})

test('the schemas for editors and the reference agree with the code (./praya docs writes them)', () => {
  for (const [path, text] of packFiles([...platformDefinitions, ...definitions])) {
    assert.ok(existsSync(join(project, path)), `${path} is missing: run ./praya docs`)
    assert.equal(readFileSync(join(project, path), 'utf8'), text, `${path} is out of date: run ./praya docs`)
  }
})

test('each system is described in two sentences, in both languages', async () => {
  const { pack } = await load('hongkong')
  for (const system of pack.list(systems)) {
    assert.match(system.description.en, /^[^.]+\. [^.]+\.$/, `${system.id} is described in two sentences`)
    assert.equal(system.description['zh-Hant'].match(/[。]/g)?.length, 2, `${system.id} is described in two sentences`)
  }
})

test('whatever a table gives has a name that officers read', async () => {
  for (const name of ['testland', 'hongkong']) {
    const { pack } = await load(name)
    const rules = pack
      .list(services)
      .flatMap(({ id, apply }) =>
        (apply?.case.rules ?? []).flatMap(({ outputs }) =>
          outputs.map((output) => ({ where: `${id}: ${output.id}`, output })),
        ),
      )
    for (const { where, output } of rules) assert.ok(output.title, `${where} would stand there as its code`)
  }
})

test('the 29 systems are there, and each has its place in Head 47', async () => {
  const { pack } = await load('hongkong')
  const onPaper = listSystems(pack, document)
  assert.deepEqual(
    onPaper.map(({ id }) => id),
    Array.from({ length: 29 }, (_, index) => `s${index + 1}`),
  )
  for (const { id, initiatives, programme } of onPaper) {
    assert.ok(initiatives.length > 0, `${id} has no initiative`)
    assert.ok(
      initiatives.some((each) => each.programme === programme),
      `${id} says programme ${programme}, its initiatives do not`,
    )
  }
})

type Bullet = Pick<Initiative, 'programme'> & Initiative['matters'][number] & { text: string }

/** The items of the lists “work done” and “matters requiring special attention” in the printed text. */
function bulletsOf(text: string): Bullet[] {
  const bullets: Bullet[] = []
  let programme = 0
  let list: Bullet['list'] | undefined
  let item = 0
  for (const [index, line] of text.split('\n').entries()) {
    const heading = /綱領\((\d)\)：/.exec(line)
    if (heading && /^[#*]/.test(line)) programme = Number(heading[1])
    // A number before a sentence begins a new paragraph, whatever the extraction put before it.
    const paragraph = /^(?:#+ |- )?(\d{1,2}) (.*)/.exec(line)
    if (paragraph) {
      list = /年度內，資科辦：$/.test(line) ? 'done' : /年度內，資科辦將會：$/.test(line) ? 'attention' : undefined
      item = 0
    } else if (/^#/.test(line) && !/總目 47/.test(line)) list = undefined
    else if (list && /^ *- /.test(line)) bullets.push({ programme, list, item: ++item, line: index + 1, text: line })
  }
  return bullets
}

test('each matter of Head 47 is claimed by exactly one initiative, with its place in the list', { skip }, async () => {
  const { pack } = await load('hongkong')
  const own = pack.list(initiatives).filter((each) => each.document === document)
  const claims = own.flatMap(({ matters, programme }) => matters.map((matter) => ({ programme, ...matter })))
  const bullets = bulletsOf(realText())
  assert.equal(bullets.length, 45)
  const byLine = (one: { line: number }, other: { line: number }) => one.line - other.line
  assert.deepEqual(
    claims.sort(byLine),
    bullets.map(({ programme, list, item, line }) => ({ programme, list, item, line })),
  )
})

test('each line that an initiative names says what it is said to say', { skip }, async () => {
  const { pack } = await load('hongkong')
  const lines = realText().split('\n')
  const signs: Record<string, RegExp> = {
    cover: /^管制人員：/,
    description: /^\d{1,2} .*資科辦/,
    matter: /^ *- /,
    target: /^服務達到/,
    indicator: /\t[\d,.]+$/,
    explanation: /財政|撥款較/,
    breakdown: /^— .*\t/,
    commitment: /^(801|802|894) /,
  }
  for (const { id, mentions = [], matters, statusLine, drawsOn } of pack
    .list(initiatives)
    .filter((each) => each.document === document)) {
    for (const { place, line } of mentions) assert.match(lines[line - 1]!, signs[place]!, `${id}, line ${line}`)
    for (const line of [statusLine, ...matters.map(({ line }) => line)])
      assert.ok(lines[line - 1]!.trim(), `${id}, line ${line}`)
    if (drawsOn.line) assert.match(lines[drawsOn.line - 1]!, drawsOn.item ? new RegExp(`^${drawsOn.item} `) : /^— /, id)
  }
})

test('no name or note copies a sentence of the printed text', { skip }, async () => {
  const { pack } = await load('hongkong')
  const text = realText()
  for (const { id, name, note } of pack.list(initiatives).filter((each) => each.document === document))
    for (const words of [name['zh-Hant'], note?.['zh-Hant'] ?? ''])
      for (const sentence of words.split(/[，。；]/))
        assert.ok(sentence.length < 22 || !text.includes(sentence), `${id}: ${sentence}`)
})
