import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '#platform'
import { typescript } from '../src/modules/identity/developers/snippets.ts'
import { aFolder, serve, signInTo, typed } from './programs.ts'
import { aBrowserAt, aListeningSite } from './relying-party.ts'
import { freePort } from './running/praya.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, projectFolder)), 'utf8')
const guide = read('docs/guides/connect-a-service.md')
const { site } = await aListeningSite()
const port = await freePort()
const address = `http://localhost:${port}`

/** The guide for this installation and a port that is free. */
const here = guide.replaceAll('http://localhost:8080', site).replaceAll('localhost:3000', `localhost:${port}`)
const portHere = (program: string) => program.replaceAll('.listen(3000', `.listen(${port}`)

/** The blocks of the numbered step, in order. */
function blocksOf(step: number): { kind: string; text: string }[] {
  const section = new RegExp(`^## ${step}\\. [\\s\\S]*?(?=^## |(?![\\s\\S]))`, 'm').exec(here)?.[0] ?? ''
  const blocks = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
    kind: kind!,
    text: text!,
  }))
  assert.ok(blocks.length > 0, `step ${step} has blocks`)
  return blocks
}
const block = (step: number, kind: string, at = 0) => {
  const found = blocksOf(step).filter((each) => each.kind === kind)[at]
  assert.ok(found, `step ${step} has a block of ${kind}`)
  return found.text.trim()
}
const saysAll = (said: string, lines: string) => {
  for (const line of lines.split('\n')) assert.ok(said.includes(line), `“${line}” is not in:\n${said}`)
}

/** One developer, who reads the page in her own browser. */
const developer = aBrowserAt(site)
let own: { id: string; path: string; program: string } | undefined

test('step 1: the provider says what it is', async () => {
  saysAll(await typed(aFolder(), block(1, 'sh')), block(1, 'text'))
})

test('the program of the guide is the one that the page of a client gives', () => {
  const redirectUri = `${address}/callback`
  const values = {
    clientId: 'first-try',
    kind: 'public',
    redirectUri,
    secret: null,
    key: undefined,
    highRisk: false,
  } as const
  assert.equal(portHere(block(2, 'ts')), typescript({ issuer: `${site}/id`, ...values }).trim())
})

test('step 2: the program of the guide signs a person in', async () => {
  const [, version] = /^npm install openid-client@(\d+)$/.exec(block(2, 'sh')) ?? []
  const installed = JSON.parse(read('node_modules/openid-client/package.json')) as { version: string }
  assert.equal(version, installed.version.split('.')[0], 'the release that is tested here is the one that is named')
  const program = await serve(aFolder(), 'sign-in.mts', portHere(block(2, 'ts')), address)
  const { text } = await signInTo(`${address}/`, site)
  saysAll(text, block(2, 'text'))
  const ended = new Promise((resolve) => program.once('close', resolve))
  program.kill('SIGTERM')
  await ended
})

test('step 3: what the guide fills in registers a client, and the program of its page works at once', async () => {
  const fields = Object.fromEntries(
    block(3, 'yaml')
      .split('\n')
      .map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]),
  )
  await developer.post('/eng/sign-in', { person: 'ben-ledger', next: '/developers/clients' })
  const form = await developer.open('/eng/developers/clients/new')
  const page = await developer.post('/eng/developers/clients', filled(form.text, fields))
  assert.equal(page.status, 200, page.text.slice(0, 3000))
  assert.match(page.url.pathname, /^\/eng\/developers\/clients\/c-[0-9a-f]{20}$/)
  const path = page.url.pathname.replace('/eng', '')
  const shown = await fetch(`${site}${path}.json`, { headers: { cookie: developer.cookie() } })
  const { client, snippets } = (await shown.json()) as { client: { id: string }; snippets: { typescript: string } }
  own = { id: client.id, path, program: snippets.typescript }
  await serve(aFolder(), 'sign-in.mts', own.program, address)
  saysAll((await signInTo(`${address}/`, site)).text, block(2, 'text'))
})

test('step 4: a wrong secret is refused, and the page says why', async () => {
  saysAll(await typed(aFolder(), block(4, 'sh').replace('ID', own!.id)), block(4, 'text'))
  let text = ''
  // It is kept after the answer has gone.
  for (let tries = 0; tries < 100 && !text.includes('invalid_client'); tries++)
    ({ text } = await developer.open(`/eng${own!.path}`))
  assert.match(text, /Refusals[\s\S]*invalid_client[\s\S]*The secret is not the one of this client/)
})

/** What a person sends who finds each field by its label on the page. */
function filled(html: string, fields: Record<string, string>): Record<string, string> {
  const form: Record<string, string> = {}
  for (const [label, value] of Object.entries(fields)) {
    const [, option] = new RegExp(`<label for="([^"]+)">${value}</label>`).exec(html) ?? []
    const [, field] = new RegExp(`<label for="([^"]+)">${label}</label>`).exec(html) ?? []
    const id = option ?? field
    assert.ok(id, `the page has no “${label}”`)
    const [control] = new RegExp(`<(input|textarea)[^>]* id="${id}"[^>]*>`).exec(html) ?? []
    const [, name] = / name="([^"]+)"/.exec(control ?? '') ?? []
    assert.ok(name, `“${label}” is a field`)
    form[name] = option ? / value="([^"]+)"/.exec(control!)![1]! : value
  }
  return form
}
