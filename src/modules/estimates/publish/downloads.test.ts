import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { pino } from 'pino'
import readXlsxFile from 'read-excel-file/node'
import { start } from '#test'

const { app } = await start({ pack: 'hongkong' })
const at = '/estimates/2023-24/47'
const get = async (path: string) => {
  const response = await app.inject({ url: path })
  assert.equal(response.statusCode, 200, `${path} answers ${response.statusCode}`)
  return response
}

test('each table is a CSV in the language before its address, totals by their own names', async () => {
  const english = (await get(`/en${at}/tables/subheads.csv`)).body
  assert.match(english, /\r\n000,Operational expenses,1070782,1305321,1295321,1357294,/)
  assert.match(english, /"Total, Operating Account",1204631,1716267,1495183,1809824/)
  assert.match(english, /Total expenditure,1208506,1716267,1495183,1809824/)
  const chinese = (await get(`/tc${at}/tables/subheads.csv`)).body
  assert.match(chinese, /經營帳目總額,1204631/)
  assert.match(chinese, /開支總額,1208506/)
})

test('a recovered number says in the file that it is not printed', async () => {
  const csv = (await get(`/en${at}/tables/subheads.csv`)).body
  assert.match(csv, /700,General non-recurrent,133849,410946,199862,452530,[^\n]*inferred/)
})

test('the workbook holds every table as numbers, and says where they come from', async () => {
  const response = await get(`/en${at}/head.xlsx`)
  assert.match(String(response.headers['content-type']), /spreadsheetml/)
  const sheets = await readXlsxFile(response.rawPayload)
  const { document } = (await get(`${at}.json`)).json()
  assert.deepEqual(sheets.map(({ sheet }) => sheet).slice(document.tables.length), ['Establishment', 'Source'])
  const subheads = sheets.find(({ sheet }) => sheet === 'Expenditure by subhead')!
  assert.ok(subheads.data.some((row) => row.includes(452_530)))
  assert.ok(
    sheets.at(-1)!.data.some((row) => row.includes('ac20c43ae094ded92c356ca56fc05c6a6260c53ef08f38df5391110e2488fe06')),
  )
})

test('posts, which stand in sentences, are a table to take away: each count once, its most exact print', async () => {
  const response = await get(`/en${at}/tables/establishment.csv`)
  const rows = response.body.trim().split('\r\n')
  assert.deepEqual(
    rows.filter((row) => /ceiling/.test(row)),
    ['ceiling of the annual mid-point salary value,The whole Head,2023-24 (estimate),519066000,$,,"235, 8"'],
  )
  assert.equal(rows.filter((row) => /^net change in .*The whole Head/.test(row)).length, 2)
  assert.equal((await app.inject({ url: `/en${at}/tables/establishment.xlsx` })).statusCode, 200)
  const page = (await app.inject({ url: `/en${at}/establishment`, headers: { accept: 'text/html' } })).body
  assert.equal(page.match(/Ceiling of the annual/g)?.length, 1)
  assert.match(page, /tables\/establishment\.csv/)
})

test('the fiscal data package names its files, and each file is the one that it names', async () => {
  const descriptor = (await get(`${at}/datapackage.json`)).json()
  assert.equal(descriptor.name, 'estimates-2023-24-head-47')
  assert.match(descriptor.title, /Office of the Government Chief Information Officer$/)
  for (const { path, hash, bytes } of descriptor.resources) {
    const file = await get(`${at}/${path}`)
    assert.equal(file.rawPayload.length, bytes)
    assert.equal(`sha256:${createHash('sha256').update(file.rawPayload).digest('hex')}`, hash)
  }
  assert.equal((await app.inject({ url: `${at}/data/nothing.csv` })).statusCode, 404)
})

test('a chart leaves as a picture with colours of its own and as its figures', async () => {
  const svg = await get(`/tc${at}/charts/provision.svg`)
  assert.match(svg.body, /^<svg /)
  assert.doesNotMatch(svg.body, /var\(--/)
  const csv = (await get(`/en${at}/charts/provision.csv`)).body
  assert.match(csv, /\(2\) IT Infrastructure and Standards,609\.7/)
  assert.equal((await app.inject({ url: `${at}/charts/staff.svg` })).statusCode, 404)
})

test('the package holds every number of the page, each under its own identifier', async () => {
  const { document } = (await get(`${at}.json`)).json()
  const cells = document.cells as { id: string }[]
  const numbers = (await get(`${at}/data/numbers.csv`)).body
  const named = new Set(
    numbers
      .trimEnd()
      .split('\r\n')
      .map((line) => line.slice(line.lastIndexOf(',') + 1)),
  )
  assert.deepEqual(
    cells.filter(({ id }) => !named.has(id)),
    [],
  )
})

test('a file says what chose its language, and data are saved and not opened', async () => {
  const paths = ['tables/subheads.csv', 'head.xlsx', 'datapackage.json', 'data/numbers.csv', 'charts/provision.svg']
  for (const path of paths)
    assert.equal((await get(`${at}/${path}`)).headers.vary, 'accept, accept-language, cookie', path)
  assert.equal(
    (await get(`${at}/data/numbers.csv`)).headers['content-disposition'],
    'attachment; filename="2023-24-head-47-numbers.csv"',
  )
})

test('the address in a file begins with http or https, whatever a proxy passes on', async () => {
  const { app: behind } = await start({ pack: 'hongkong', behindProxy: true })
  for (const [protocol, address] of [
    ['https', 'https://budget.test'],
    ['javascript', 'http://budget.test'],
  ]) {
    const headers = { 'x-forwarded-proto': protocol, 'x-forwarded-host': 'budget.test' }
    const { homepage } = (await behind.inject({ url: `${at}/datapackage.json`, headers })).json()
    assert.equal(homepage, `${address}${at}`)
  }
})

test('the log does not hold what stood in an address that leads to nothing', async () => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const { app: logging } = await start({ pack: 'hongkong', log })
  for (const path of [`${at}/cells/a-secret`, `${at}/data/a-secret.csv`, `${at}/tables/secret.csv`])
    assert.equal((await logging.inject({ url: path })).statusCode, 404)
  assert.equal(lines.length, 3)
  assert.doesNotMatch(lines.join(), /secret/)
})
