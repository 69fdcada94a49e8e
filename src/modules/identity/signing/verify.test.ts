import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'node:test'
import { PDF } from '@libpdf/core'
import type { Language } from '#platform'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { hashDigits, hashWords, words } from './hash-words.rules.ts'
import { judges, missing } from './testing/judges.ts'
import { aPdf, approve, aSigner, ask, form, send } from './testing/signers.ts'
import { timestampsOf } from './timestamps.ts'

const started = await start()
const { app } = started
const { folder, run, keep } = judges()
const mei = await aSigner(started)
const other = await aSigner(started, 'Kai Reef')
const document = Buffer.from('Tide tables of the year.\n')
const hash = createHash('sha256').update(document).digest('hex')

type Finding = {
  outcome: string
  reason: string | null
  signer: string | null
  time: string
  later: string
  dual: string | null
}
type Verified = { findings: Finding[]; unread: number; mistake: string | null }

async function verify(signature: Uint8Array | undefined, signed?: Uint8Array) {
  const sent = form({
    ...(signature && { signature: { name: 'signature', bytes: signature } }),
    ...(signed && { document: { name: 'document', bytes: signed } }),
  })
  const answer = await app.inject({ method: 'POST', url: '/sign/verify', ...sent })
  return { status: answer.statusCode, ...answer.json<Verified>() }
}
const one = async (signature: Uint8Array, signed?: Uint8Array) => {
  const { findings, mistake } = await verify(signature, signed)
  assert.equal(findings.length, 1, `${mistake}`)
  return findings[0]!
}
const get = async (url: string, headers = mei.headers) => {
  const answer = await app.inject({ url, headers })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.rawPayload
}
/** Signs the hash of `document`; the address of what was signed. */
async function signIt(signer = mei, payload: object = {}) {
  const { id } = await ask(started, { documentName: 'Tides', hash, person: signer.personId })
  assert.equal((await approve(started, signer, id, { payload })).statusCode, 303)
  return `/sign/${id}`
}
async function signPdf(bytes: Uint8Array, signer = mei) {
  const sent = await send(started, signer, bytes)
  const { id } = sent.json<{ id: string }>()
  assert.equal((await approve(started, signer, id)).statusCode, 303)
  return get(`/sign/${id}/signed.pdf`, signer.headers)
}
/** A file of objects that are numbered from 1, the first of which is the catalogue. */
function aPdfOf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.7\n'
  let table = '0000000000 65535 f \n'
  for (const [at, object] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
  }
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text + end, 'latin1')
}
/** The same bytes with one of them changed. */
function changed(bytes: Buffer, at: number) {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ 1
  return copy
}

const p7s = await get(`${await signIt()}/signature.p7s`)
const dualAt = await signIt(mei, { dual: 'yes' })
const dual = await get(`${dualAt}/dual.json`)
const pdf = await signPdf(await aPdf())

test('a signature that stands says who signed, and that a time stamp proves when', async () => {
  const expected = { outcome: 'valid', signer: 'Mei Tide', time: 'proven', later: 'nothing' }
  for (const [name, found] of [
    ['p7s', await one(p7s, document)],
    ['dual', await one(dual, document)],
    ['pdf', await one(pdf)],
  ] as const) {
    const { outcome, signer, time, later } = found
    assert.deepEqual({ outcome, signer, time, later }, expected, name)
  }
})

test('every byte of a detached signature, when it changes, ends it or leaves it as it was; none makes another of it', async () => {
  for (let at = 0; at < p7s.length; at += 97) {
    const { findings, mistake } = await verify(changed(p7s, at), document)
    const [found] = findings
    if (mistake || !found) continue
    // What is not signed, as the copy of the authority's certificate, may change without a loss; the time stamp's own bytes
    // only take the proof of the time away.
    if (found.outcome === 'valid') assert.equal(found.signer, 'Mei Tide', `byte ${at}`)
    assert.notEqual(found.outcome, 'changed', `byte ${at}: the document is what was signed`)
  }
})

test('a document of which one byte changed is said to be another', async () => {
  assert.equal((await one(p7s, changed(document, 3))).outcome, 'changed')
  assert.equal((await one(dual, changed(document, 3))).outcome, 'changed')
  for (const at of [20, 700, pdf.length - 300])
    assert.notEqual((await verify(changed(pdf, at))).findings[0]?.outcome, 'valid')
})

test('a signature inside a PDF that was changed does not stand', async () => {
  const at = pdf.lastIndexOf('/Contents <') + '/Contents <'.length
  const der = Buffer.from(pdf.subarray(at, at + 9000).toString('latin1'), 'hex')
  // The last octets of the signed attributes' signature lie before the time stamp.
  const end = der.indexOf(Buffer.from('2a864886f70d010910020e', 'hex'))
  const copy = Buffer.from(pdf)
  copy.write((der[end - 20]! ^ 1).toString(16).padStart(2, '0'), at + (end - 20) * 2, 'latin1')
  assert.equal((await one(copy)).outcome, 'broken')
})

test('a second signer leaves the first signature good; whatever else comes later is pointed out', async () => {
  const twice = await signPdf(pdf, other)
  const { findings } = await verify(twice)
  assert.deepEqual(
    findings.map(({ outcome, signer, later }) => [outcome, signer, later]),
    [
      ['valid', 'Mei Tide', 'signatures'],
      ['valid', 'Kai Reef', 'nothing'],
    ],
  )
  const loaded = await PDF.load(pdf)
  loaded.getPage(0)!.drawText('and 5000 more', { x: 60, y: 600, size: 18 })
  const drawnOver = Buffer.from(await loaded.save({ incremental: true }))
  const found = await one(drawnOver)
  assert.deepEqual([found.outcome, found.later, found.signer], ['earlier', 'content', 'Mei Tide'])
  const page = async (bytes: Buffer, where = app) => {
    const { payload, headers } = form({ signature: { name: 's.pdf', bytes } })
    const asked = { payload, headers: { ...headers, accept: 'text/html' } }
    return (await where.inject({ method: 'POST', url: '/eng/sign/verify', ...asked })).body
  }
  const good = /document is what was signed/
  const [whole, later] = [await page(pdf), await page(drawnOver)]
  assert.match(whole, good)
  assert.doesNotMatch(later, good)
  assert.match(later, /An earlier version of this document was signed/)
  const toneOf = (body: string) => /<section>.*?class="(mark[^"]*)"/s.exec(body)?.[1]
  assert.match(toneOf(whole)!, /holds/)
  assert.doesNotMatch(toneOf(later)!, /holds/)
  // Nor does another installation say so, which knows nobody who signed.
  const { app: elsewhere } = await start()
  assert.match(await page(pdf, elsewhere), good)
  assert.doesNotMatch(await page(drawnOver, elsewhere), good)
})

test('a signature whose range leaves room for other bytes is not called good', async () => {
  const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1'))!
  const cut = `/ByteRange [0 ${Number(range[1]) - 1} ${range[2]} ${range[3]}]`
  const odd = Buffer.from(pdf.toString('latin1').replace(range[0], cut.padEnd(range[0].length)), 'latin1')
  const { findings } = await verify(odd)
  assert.deepEqual(
    findings.map(({ outcome, reason }) => [outcome, reason]),
    [['cannot-check', 'odd']],
  )
})

test('what was signed before a certificate was revoked stays good; what carries no time of ours cannot be told', async () => {
  const kai = await get(`${await signIt(other)}/signature.p7s`, other.headers)
  const list = await app.inject({ url: '/account/signatures', headers: other.headers })
  const [{ serial } = { serial: '' }] = list.json<{ certificates: { serial: string }[] }>().certificates
  const later = await start({ beside: { urls: started.urls }, now: () => new Date(Date.now() + 60_000) })
  const revoke = {
    method: 'POST',
    url: '/account/signatures/revoke',
    headers: other.headers,
    payload: { serial },
  } as const
  assert.equal((await later.app.inject(revoke)).statusCode, 303)
  assert.equal((await one(kai, document)).outcome, 'valid')
  const sql = postgres(started.urls.owner, { max: 1 })
  await sql`update identity.signing_key set revoked_at = now() - interval '1 hour' where serial = ${serial}`
  await sql.end()
  assert.equal((await one(kai, document)).outcome, 'revoked')
})

test('after a certificate ended, what it signed in its time is still good', async () => {
  const years = await start({ beside: { urls: started.urls }, now: () => new Date(Date.now() + 3 * 365 * 86_400_000) })
  const sent = form({ signature: { name: 's', bytes: p7s }, document: { name: 'd', bytes: document } })
  const answer = await years.app.inject({ method: 'POST', url: '/sign/verify', ...sent })
  assert.deepEqual(
    answer.json<Verified>().findings.map(({ outcome, time }) => [outcome, time]),
    [['valid', 'proven']],
  )
})

test('signatures that others made are told apart: unknown signers, and kinds that are not known', {
  skip: missing('openssl'),
}, async () => {
  keep('document', document)
  const key = (...given: string[]) =>
    run('openssl', 'req', '-x509', '-nodes', '-subj', '/CN=Mei Tide', '-keyout', 'k.pem', '-out', 'c.pem', ...given)
  const signed = (name: string, ...given: string[]) => {
    const made = run(
      'openssl',
      'cms',
      '-sign',
      '-binary',
      '-in',
      'document',
      '-signer',
      'c.pem',
      '-inkey',
      'k.pem',
      '-outform',
      'DER',
      '-out',
      name,
      ...given,
    )
    assert.equal(made.status, 0, made.said)
    return readFileSync(join(folder, name))
  }
  key('-newkey', 'rsa:2048')
  assert.deepEqual(pick(await one(signed('rsa', '-md', 'sha256'), document)), ['unknown-signer', null, 'stated'])
  assert.equal((await one(signed('rsa', '-md', 'sha256'), Buffer.from('x'))).outcome, 'changed')
  assert.deepEqual(pick(await one(signed('sha1', '-md', 'sha1'), document)), ['cannot-check', 'unreadable', 'none'])
  const pss = ['-keyopt', 'rsa_padding_mode:pss']
  assert.deepEqual(pick(await one(signed('pss', '-md', 'sha256', ...pss), document)), [
    'cannot-check',
    'unreadable',
    'none',
  ])
  key('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
  assert.equal((await one(signed('ec', '-md', 'sha256', '-cades'), document)).outcome, 'unknown-signer')
  const pem = run('openssl', 'cms', '-cmsout', '-inform', 'DER', '-in', 'ec', '-outform', 'PEM').said
  assert.equal((await one(Buffer.from(pem), document)).outcome, 'unknown-signer')
})
const pick = ({ outcome, reason, time }: Finding) => [outcome, reason, time]

test('a second signature that is another’s, or over something else, is not good', async () => {
  const container = JSON.parse(dual.toString()) as { mlDsa44: { signature: string; publicKey: string } }
  assert.equal((await one(dual, document)).dual, 'holds')
  const alter = (more: object) =>
    Buffer.from(JSON.stringify({ ...container, mlDsa44: { ...container.mlDsa44, ...more } }))
  const signature = changed(Buffer.from(container.mlDsa44.signature, 'base64'), 9).toString('base64')
  const otherDual = JSON.parse(
    (await get(`${await signIt(other, { dual: 'yes' })}/dual.json`, other.headers)).toString(),
  )
  for (const wrong of [{ signature }, otherDual.mlDsa44, { publicKey: otherDual.mlDsa44.publicKey }]) {
    const found = await one(alter(wrong), document)
    assert.deepEqual([found.outcome, found.dual], ['valid', 'broken'])
  }
})

for (const [name, signature, signed, mistake] of [
  ['nothing', undefined, undefined, 'missing'],
  ['a signature without its document', p7s, undefined, 'document-missing'],
  ['a PDF without signatures', await aPdf(), undefined, 'no-signature'],
  ['a file of more than 20 MB', Buffer.alloc(20_000_001), undefined, 'too-large'],
  ['a signature file of more than 500 kB', Buffer.alloc(500_001, '{},'), document, 'signature-too-large'],
] as const)
  test(`${name} is no wrong signature: the form says what is missing`, async () => {
    const answer = await verify(signature, signed)
    assert.deepEqual([answer.status, answer.mistake, answer.findings.length], [422, mistake, 0])
  })

test('what is no signature at all cannot be checked, which is not to say that it is wrong', async () => {
  for (const bytes of [Buffer.from('hello'), Buffer.alloc(100), p7s.subarray(0, 500), Buffer.from('{"format":1}')])
    assert.deepEqual(pick(await one(bytes, document)), ['cannot-check', 'unreadable', 'none'])
})

test('a signature file of 20 MB holds up nobody else: it is refused before it is read', async () => {
  const signature = Buffer.from(`[${'{},'.repeat(6_600_000)}{}]`)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const { mistake } = await verify(signature, document)
  delay.disable()
  assert.equal(mistake, 'signature-too-large')
  assert.ok(delay.max < 1e9, `${Math.round(delay.max / 1e6)} ms`)
})

test('signatures in a PDF are read up to a sum, and of the others it is said that they were not', async () => {
  // One signature that two fields show, each time of more than half of what is read.
  const contents = '00'.repeat(600_000)
  const field = (n: number) =>
    `<< /FT /Sig /T (S${n}) /V 5 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>`
  const large = aPdfOf([
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 6 0 R] /SigFlags 3 >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    field(1),
    `<< /Type /Sig /ByteRange [0 1 2 3] /Contents <${contents}> >>`,
    field(2),
  ])
  const { findings } = await verify(large)
  assert.deepEqual(
    findings.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['cannot-check', 'odd'],
      ['cannot-check', 'large'],
    ],
  )
})

test('of a PDF with more signatures than are read it is said how many were not', async () => {
  const numbers = Array.from({ length: 60 }, (_, at) => at + 5)
  const fields = numbers.map((n) => `${n} 0 R`).join(' ')
  const crowded = aPdfOf([
    `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields}] /SigFlags 3 >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    '<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>',
    ...numbers.map((n) => `<< /FT /Sig /T (S${n}) /V 4 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>`),
  ])
  const { findings, unread } = await verify(await signPdf(crowded))
  assert.deepEqual([findings.length, unread], [50, 11])
  assert.equal((await verify(pdf)).unread, 0)
})

test('a time stamp alone is no signature of anybody, and is said to be none', async () => {
  const stamp = timestampsOf(started.sql, started.installation)
  const loaded = await PDF.load(await aPdf())
  const { bytes } = await loaded.addTimestamp({ timestampAuthority: { timestamp: (hash: Uint8Array) => stamp(hash) } })
  const { status, mistake } = await verify(Buffer.from(bytes))
  assert.deepEqual([status, mistake], [422, 'only-time-stamps'])
})

test('nothing of what is checked is kept', async () => {
  const tables = await started.sql<{ documents: number }[]>`select count(*) as documents from identity.signing_document`
  await verify(pdf)
  const after = await started.sql<{ documents: number }[]>`select count(*) as documents from identity.signing_document`
  assert.deepEqual([...after], [...tables])
})

test('words for hashes are 256 plain ones in each language, of which no two begin alike', () => {
  assert.equal(words.length, 256)
  assert.equal(new Set(words.map(({ en }) => en.slice(0, 4))).size, 256)
  for (const language of ['zh-Hant', 'zh-Hans'] as const)
    assert.equal(new Set(words.map((word) => word[language][0])).size, 256, language)
  for (const word of words) {
    assert.match(word.en, /^[a-z]{3,9}$/)
    for (const chinese of [word['zh-Hant'], word['zh-Hans']]) assert.match(chinese, /^\p{Script=Han}{2,3}$/u)
  }
})

test('a hash has the same words and numbers for ever', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const read = (language: Language) => hashWords(empty).map((line) => line.map((word) => word[language]).join(' '))
  assert.deepEqual(read('en'), ['thunder peach radio daisy', 'mosaic yellow boat basket', 'napkin yacht weaver river'])
  assert.deepEqual(read('zh-Hant'), ['雷聲 桃子 收音機 雛菊', '鑲嵌畫 黃色 小船 籃子', '餐巾 帆船 織工 河流'])
  assert.deepEqual(read('zh-Hans'), ['雷声 桃子 收音机 雏菊', '镶嵌画 黄色 小船 篮子', '餐巾 帆船 织工 河流'])
  const all = words.map((word) => Object.values(word).join(' ')).join('\n')
  assert.equal(
    createHash('sha256').update(all).digest('hex'),
    '06e973a138f1db127853c3e232e51f69f70e4c2399d115ce8de5d8d00172a128',
  )
  assert.equal(hashDigits(empty).join(' '), '0007 0466 7949 8603 6973 5132 8713 6456')
  assert.equal(hashDigits('f'.repeat(64)).join(''), (2n ** 96n - 1n).toString().padStart(32, '0'))
})
