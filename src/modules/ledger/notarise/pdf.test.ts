// The certificate as a PDF: what it says, what it carries, what is kept of it, and many asked for at once.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { asPerson, start } from '#test'
import { printsWaitingMax, type Turn } from '../../../platform/print/printing.ts'
import { listKnownLogs, policyOfLogs } from '../explorer/known.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseProof } from '../proofs/proof.rules.ts'
import { aForm } from '../testing/proofs.ts'
import { verifyFiles } from '../verify/verify.rules.ts'

const { app, sql, installation } = await start({ publicUrl: 'https://praya.example' })
const sequencer = openSequencer(installation, pino({ level: 'silent' }))
const officer = asPerson({ id: 'an-officer', organisation: 'tide-station', permissions: ['ledger:notarise'], level: 2 })
const colleague = asPerson({ id: 'x', organisation: 'counting-house', permissions: ['ledger:notarise'], level: 2 })
const skip = spawnSync('pdftotext', ['-v']).error ? 'poppler (pdftotext, pdffonts, pdfdetach) is not installed' : false
const folder = await mkdtemp(join(tmpdir(), 'praya-pdf-'))
after(() => rm(folder, { recursive: true, force: true }))

const document = Buffer.from('A lamp.\n')
async function notarised(): Promise<string> {
  const { payload, headers } = aForm({ file: document }, { token: randomUUID(), title: 'Secret lamp', log: 'harbour' })
  const url = '/office/ledger/notarise'
  const answer = await app.inject({ method: 'POST', url, headers: { ...headers, ...officer }, payload })
  assert.equal(answer.statusCode, 303, answer.body)
  await sequencer.tick()
  return String(answer.headers.location).replace(/^\/[a-z]+(?=\/office)/, '')
}
const get = (url: string, by = officer) => app.inject({ url, headers: by })
const problemOf = (answer: Awaited<ReturnType<typeof get>>) => [answer.statusCode, answer.json().type]

/** What a program of poppler says of a PDF. */
async function asked(pdf: Buffer, program: string, ...args: string[]): Promise<string> {
  await writeFile(join(folder, 'a.pdf'), pdf)
  const to = program === 'pdftotext' ? ['-'] : []
  return execFileSync(program, [...args, 'a.pdf', ...to], { cwd: folder, encoding: 'utf8' })
}

test('a certificate as PDF is one sheet that says in each language what is proved, with its fonts and without its title', {
  skip,
}, async () => {
  const at = await notarised()
  // biome-ignore format: a table
  const cases = [
    ['eng',  'en',      /Certificate of a notarised document/, /Tide Station entered a commitment to one document/, /A document was notarised \(document-notarised\)/, /\d, counted from 0; the log had \d then/,        /by Government of Testland Time Stamps/],
    ['han',  'zh-Hant', /文件存證證書/,                          /在日誌登錄了一份文件的承諾值/,                       /文件已存證（document-notarised）/,                    /\d（由 0 起計），日誌當時有 \d 個條目/, /由試驗國政府時間戳記機構簽發/],
    ['jian', 'zh-Hans', /文件存证证书/,                          /在日志登录了一份文件的承诺值/,                       /文件已存证（document-notarised）/,                    /\d（由 0 起计），日志当时有 \d 个条目/, /由试验国政府时间戳记机构签发/],
  ] as const
  for (const [place, language, ...parts] of cases) {
    const answer = await get(`/${place}${at}/certificate.pdf`)
    assert.equal(answer.statusCode, 200, answer.body.slice(0, 300))
    assert.deepEqual([answer.headers['content-type'], answer.headers['cache-control']], ['application/pdf', 'no-store'])
    assert.match(String(answer.headers['content-disposition']), new RegExp(`harbour-\\d+-${language}\\.pdf`))
    const text = (await asked(answer.rawPayload, 'pdftotext', '-layout')).replace(/\s+/g, ' ')
    for (const part of [...parts, /https:\/\/praya\.example\/ledger/]) assert.match(text, part)
    assert.doesNotMatch(text, /Secret lamp/)
    assert.match(await asked(answer.rawPayload, 'pdfinfo'), /Pages: +1\n[\s\S]*Page size: +59[45][\d.]* x 84[12]/)
    const fonts = (await asked(answer.rawPayload, 'pdffonts')).split('\n').slice(2, -1)
    assert.ok(fonts.length > 0)
    for (const font of fonts) assert.match(font, / yes (yes|no) +(yes|no) +\d+ +\d+$/, `${font} is not embedded`)
  }
})

test('a certificate as PDF carries the proof, the time stamp and the certificate that opens in a browser, and each holds', {
  skip,
}, async () => {
  const at = await notarised()
  const { index } = (await get(`${at}.json`)).json()
  const pdf = (await get(`/eng${at}/certificate.pdf`)).rawPayload
  await asked(pdf, 'pdfdetach', '-saveall', '-o', folder)
  const name = `harbour-${index}`
  const listed = await asked(pdf, 'pdfdetach', '-list')
  for (const each of ['html', 'tlog-proof', 'entry', 'tsr']
    .map((ending) => `${name}.${ending}`)
    .concat('authority.pem'))
    assert.ok(listed.includes(each), each)
  const proof = await readFile(join(folder, `${name}.tlog-proof`))
  const policy = Buffer.from(policyOfLogs(await listKnownLogs(installation)))
  assert.equal(verifyFiles({ proof, document }, policy).outcome, 'document')
  const html = await readFile(join(folder, `${name}.html`), 'utf8')
  assert.ok(html.includes(parseProof(proof).index.toString()) && /data-verify/.test(html))
  assert.match(html, new RegExp(`download="${name}\\.tsr"`))
  const args = ['ts', '-verify', '-in', `${name}.tsr`, '-data', `${name}.entry`, '-CAfile', 'authority.pem']
  assert.match(execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }), /Verification: OK/)
})

test('of a PDF nothing is kept, it is for its organisation alone, and after erasing there is none', async () => {
  const at = await notarised()
  assert.deepEqual(problemOf(await get(`${at}/certificate.pdf`, colleague)), [
    404,
    '/problems/ledger.notarisation-not-found',
  ])
  assert.deepEqual(problemOf(await get(`${at}/certificate.pdf`, {} as never)), [
    401,
    '/problems/platform.not-signed-in',
  ])
  const before = await sql<[{ count: number }]>`select count(*)::int as count from estimates.print`
  assert.equal((await get(`${at}/certificate.pdf`)).statusCode, 200)
  assert.deepEqual(await sql`select count(*)::int as count from estimates.print`, before)
  assert.equal((await app.inject({ method: 'POST', url: `${at}/erase`, headers: officer })).statusCode, 303)
  assert.deepEqual(problemOf(await get(`${at}/certificate.pdf`)), [410, '/problems/ledger.notarisation-erased'])
})

test('ten that are asked for at once are made one after the other, and those of one notarisation once', async () => {
  const ats = [await notarised(), await notarised(), await notarised()]
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => get(`/eng${ats[at % 3]!}/certificate.pdf`)))
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [200])
  assert.equal(new Set(answers.map(({ rawPayload }) => rawPayload.toString('base64'))).size, 3)
})

/** Kills the browser that prints for this process, as soon as there is one. */
async function killChromium(): Promise<void> {
  for (;;) {
    const listed = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    const all = listed.split('\n').map((line) => line.trim().split(/\s+/))
    const printer = all.find((each) => each[1] === `${process.pid}` && each.some((word) => /print-process/.test(word)))
    const chromium = all.find((each) => printer && each[1] === printer[0])
    if (chromium) return void process.kill(Number(chromium[0]), 'SIGKILL')
    await wait(20)
  }
}

test('where the browser is killed a sentence says what to do, and the next certificate is made', async () => {
  const [at, other] = [await notarised(), await notarised()]
  const killed = get(`/eng${at}/certificate.pdf`)
  await killChromium()
  assert.deepEqual(problemOf(await killed), [503, '/problems/ledger.pdf-not-made'])
  assert.equal((await get(`/eng${other}/certificate.pdf`)).statusCode, 200)
})

test('where twenty wait, of whichever module, a certificate is refused with a sentence, and is made when one is done', async () => {
  const at = await notarised()
  const { promise, resolve } = Promise.withResolvers<void>()
  const others = Array.from({ length: printsWaitingMax }, (_, number) =>
    app.printing.queue(`another ${number}`, { path: '/eng/ledger', footer: '', keep: () => promise }),
  )
  assert.ok(others.every((turn) => typeof turn === 'object'))
  assert.deepEqual(problemOf(await get(`/eng${at}/certificate.pdf`)), [503, '/problems/ledger.pdf-busy'])
  resolve()
  await (others[0] as Turn).made
  assert.equal(typeof app.printing.queue('one more', { path: '/eng/ledger', footer: '' }), 'object')
})
