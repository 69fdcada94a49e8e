import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import postgres from '../../src/platform/driver.ts'
import { prepareExternal } from '../../src/start/postgres/external.ts'

const { urls } = await start({ modules: [] })
const at = (change: (url: URL) => void) => {
  const url = new URL(urls.owner)
  change(url)
  return url.href
}

// biome-ignore format: a table
const away: [what: string, url: string][] = [
  ['nothing listens',     at((url) => { url.port = '1' })],
  ['no such host',        at((url) => { url.hostname = 'nowhere.invalid' })],
  ['no such database',    at((url) => { url.pathname = '/nowhere' })],
]
for (const [what, url] of away)
  test(`where ${what}, the operator is told that the database cannot be reached`, async () => {
    await assert.rejects(
      prepareExternal(url, undefined),
      /^Error: The database at PRAYA_DATABASE_URL .* cannot be reached/,
    )
  })

test('an error of our own is no database that cannot be reached', async () => {
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  await owner.unsafe('create schema shadow; create table shadow.pg_roles (nothing text)')
  await owner.end()
  const shadowed = at((url) => url.searchParams.set('options', '-c search_path=shadow,pg_catalog'))
  await assert.rejects(prepareExternal(shadowed, undefined), { code: '42703' })
})
