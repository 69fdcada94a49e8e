import assert from 'node:assert/strict'
import { KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { CryptoKeySigner, PDF } from '@libpdf/core'
import { start } from '#test'
import { makeCertificate } from './certificates.ts'
import { newSerial, publicKeyOf } from './keys.ts'
import {
  changed,
  lastStart,
  type Objects,
  packed,
  painted,
  signingIn,
  stream,
  textOf,
  withObjects,
} from './testing/pdfs.ts'
import { timestampsOf } from './timestamps.ts'

const started = await start()

const { verify, signed } = signingIn(started)

/** A contract whose page paints a form with this name. */
function aContract(name = 'Normal', more: { catalog?: string; page?: string; pages?: string; objects?: Objects } = {}) {
  const objects: Objects = {
    1: `<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ''} >>`,
    2: `<< /Type /Pages ${more.pages ?? '/Kids [3 0 R]'} /Count 1 >>`,
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${more.page ?? ''}
      /Resources << /XObject << /${name} 5 0 R >> /Font << /F1 6 0 R >> >> >>`,
    4: stream(`/${name} Do`),
    5: painted('I owe $1'),
    6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more.objects,
  }
  return withObjects(Buffer.from('%PDF-1.7\n'), objects, '0 1\n0000000000 65535 f \n', '')
}

const put = (bytes: Buffer, number: number, from: string | RegExp, to: string): Objects => {
  const before = textOf(bytes, number)
  const after = before.replace(from, to)
  assert.notEqual(after, before, `object ${number} holds ${from}`)
  return { [number]: after }
}
/** With another annotation, the objects of which are given. */
const annotated = (bytes: Buffer, objects: Objects): Objects => ({
  ...put(bytes, 3, /\/Annots\s*\[([^\]]*)\]/, '/Annots [$1 90 0 R]'),
  ...objects,
})
const value =
  '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>'
const widget = (more: string, rect = '/Rect [0 0 0 0]') => ({
  90: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (More) ${rect} /V 91 0 R /F 132 /P 3 0 R ${more} >>`,
  91: value,
})

const anEmptyContract: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots 7 0 R >>',
  7: '[]',
}

const contract = aContract()
const once = await signed(contract)

test('a further signature of ours is a signature, over a table or a stream, and one after the other', async () => {
  for (const [name, first] of [
    ['table', once],
    ['stream', await signed(packed(anEmptyContract))],
  ] as const) {
    const three = await signed(await signed(first))
    assert.deepEqual(
      await verify(three),
      [
        ['valid', 'signatures'],
        ['valid', 'signatures'],
        ['valid', 'nothing'],
      ],
      name,
    )
  }
})

/** Signs as another program does. */
async function signedElsewhere(bytes: Buffer): Promise<Buffer> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const key = KeyObject.from(privateKey)
  const certificate = makeCertificate({
    serial: newSerial(),
    subject: [['CN', 'Somebody Else']],
    publicKey: publicKeyOf(key),
    issuer: undefined,
    issuerKey: key,
    extensions: [],
    begins: new Date(Date.now() - 60_000),
    ends: new Date(Date.now() + 86_400_000),
  })
  const pdf = await PDF.load(bytes)
  return Buffer.from((await pdf.sign({ signer: new CryptoKeySigner(privateKey, certificate, 'EC', 'ECDSA') })).bytes)
}

test('a signature, a time stamp of the document and proofs that another program adds are signatures', async () => {
  for (const first of [once, await signed(packed(anEmptyContract))]) {
    const twice = await signedElsewhere(first)
    assert.deepEqual((await verify(twice))[0], ['valid', 'signatures'])
    const revocationProvider = { getOCSP: async () => null, getCRL: async () => Uint8Array.from([48, 0]) }
    const proven = await (await PDF.load(twice)).addValidationData({ revocationProvider })
    assert.ok(proven.bytes.length > twice.length)
    const timestampAuthority = {
      timestamp: (hash: Uint8Array) => timestampsOf(started.sql, started.installation)(hash),
    }
    const stamped = await (await PDF.load(proven.bytes)).addTimestamp({ timestampAuthority })
    assert.deepEqual((await verify(stamped.bytes)).slice(0, 1), [['valid', 'signatures']])
  }
})

test('a field without a place that waited for its signature may be signed', async () => {
  const field = '<< /FT /Sig /T (Tenant) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 132 /P 3 0 R >>'
  const waiting = { catalog: '/AcroForm << /Fields [7 0 R] >>', page: '/Annots [7 0 R]', objects: { 7: field } }
  const first = await signed(aContract('Normal', waiting))
  assert.deepEqual((await verify(await signedElsewhere(first)))[0], ['valid', 'signatures'])
  for (const [more, later] of [
    ['', 'signatures'],
    ['/AP << /N 5 0 R >>', 'content'],
    ['/AA << /PO 91 0 R >>', 'content'],
    ['/MK << >>', 'content'],
  ] as const) {
    const found = await verify(changed(first, { 7: field.replace('>>', `/V 90 0 R ${more} >>`), 90: value }))
    assert.deepEqual(found.at(-1), [later === 'content' ? 'earlier' : 'valid', later], more)
  }
})

test('an object that is written again as it was is no content, nor is a signature that shows nothing', async () => {
  for (const objects of [{ 2: textOf(once, 2) }, annotated(once, widget('')), put(once, 1, '>>', '/Version /2.0 >>')])
    assert.deepEqual(await verify(changed(once, objects)), [['valid', 'signatures']])
  const again = changed(once, annotated(once, widget('')))
  assert.deepEqual(await verify(changed(again, { 2: textOf(once, 2) })), [['valid', 'signatures']])
  assert.deepEqual(await verify(Buffer.concat([once, Buffer.from('\n')])), [['valid', 'nothing']])
})

test('an invisible signature as pdfsig writes it shows nothing, and brings a font that nothing uses', async () => {
  const look = '/AP << /N 92 0 R >> /AS /N /M (D:20260101000000Z) /Border [0 0 0 ] /DA (/popplerfont 0.00 Tf)'
  const empty = { 92: stream('', '/Subtype /Form /BBox [0 0 0 0] ') }
  const form = put(once, 7, '/Helv <<', '/popplerfont 6 0 R /Helv <<')
  const all: Record<number, string> = { ...annotated(once, { ...widget(look), ...empty }), ...form }
  assert.deepEqual(await verify(changed(once, all)), [['valid', 'signatures']])
  for (const [wrong, right] of [
    ['/AP << /N 92 0 R >>', '/AP << /N 92 0 R /D 5 0 R >>'],
    ['/AP << /N 92 0 R >>', '/AP << /N 5 0 R >>'],
    ['/AP << /N 92 0 R >>', '/AP << /N << /N 5 0 R >> >>'],
    ['[0 0 0 ]', '[0 0 9 ]'],
  ] as const)
    assert.deepEqual(await verify(changed(once, { ...all, 90: all[90]!.replace(wrong, right) })), [
      ['earlier', 'content'],
    ])
  const drawn = { ...all, 92: stream(' f', '/Subtype /Form /BBox [0 0 0 0] ') }
  const wanted = { ...all, 7: all[7]!.replace('/NeedAppearances false', '/NeedAppearances true') }
  for (const objects of [drawn, wanted])
    assert.deepEqual(await verify(changed(once, objects)), [['earlier', 'content']])
  // A text that would be written with the font.
  const field = '<< /FT /Tx /T (Rent) /V (1) /DA (/popplerfont 9 Tf) /Type /Annot /Subtype /Widget /Rect [0 0 99 99] >>'
  const written = await signed(aContract('Normal', { page: '/Annots [80 0 R]', objects: { 80: field } }))
  const number = Number(/\/AcroForm (\d+) 0 R/.exec(textOf(written, 1))![1])
  const font = put(written, number, '/Helv <<', '/popplerfont 6 0 R /Helv <<')
  assert.deepEqual(await verify(changed(written, font)), [['earlier', 'content']])
})

for (const name of ['Normal', 'DSS', 'Extensions', 'SigFlags', 'AcroForm', 'Annots', 'Fields', 'V', 'Version'])
  test(`a form called /${name} that the page paints does not change unseen`, async () => {
    const first = await signed(aContract(name))
    const later = changed(first, { 5: painted('I owe $1,000,000') })
    assert.deepEqual(await verify(later), [['earlier', 'content']])
  })

const appearance = { 92: painted('I owe $1,000,000') }
const ink =
  '/Subtype /Ink /FT /Sig /T (More) /Rect [0 0 0 0] /InkList [[60 690 400 730]] /C [1 0 0] /BS << /W 20 >> /F 4'
const freeText = '/Subtype /FreeText /FT /Sig /T (More) /Rect [0 0 0 0] /Contents (I owe more) /DA (/Helv 24 Tf) /F 4'
const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
const drawn: [name: string, objects: Objects][] = [
  ['an ink annotation that says it is a signature', { 90: `<< /Type /Annot ${ink} /V 91 0 R >>`, 91: value }],
  ['a text that says it is a signature', { 90: `<< /Type /Annot ${freeText} /V 91 0 R >>`, 91: value }],
  ['a text without a field', { 90: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (x) >>' }],
  ['a signature without a box, with an appearance', { ...widget('/AP << /N 92 0 R >>', ''), ...appearance }],
  ['a signature without a box', widget('', '')],
  ['a signature with a box', widget('', '/Rect [60 690 460 750]')],
  ['a signature with half a box', widget('', '/Rect [0 0 0]')],
  ['a signature with a box of words', widget('', '/Rect [/a /a /a /a]')],
  ['a signature without room, with an appearance', { ...widget('/AP << /N 92 0 R >>'), ...appearance }],
  ['a signature with a script', widget(`/AA << /PO ${script} >>`)],
  ['a signature with an action', widget(`/A ${script}`)],
  ['a signature with looks', widget('/MK << /CA (x) >>')],
  ['a signature with a border', widget('/BS << /W 20 >>')],
  ['a signature below another field', widget('/Parent 8 0 R')],
  ['a signature with fields of its own', widget('/Kids [8 0 R]')],
  ['a signature on no page', { ...widget(''), 90: widget('')[90].replace('/P 3', '/P 4') }],
  ['a signature with the name of another', { ...widget(''), 90: widget('')[90].replace('(More)', '(Signature1)') }],
  ['a signature that is not signed', { 90: widget('')[90].replace('/V 91 0 R', '') }],
  ['a signature whose value is a stream', { ...widget(''), 91: stream('x', '/ByteRange [0 1 2 3] /Contents <00> ') }],
  ['a field for text', { ...widget(''), 90: widget('')[90].replace('/FT /Sig', '/FT /Tx') }],
]
for (const [name, objects] of drawn)
  test(`${name} is content, as it could be seen`, async () => {
    assert.deepEqual(await verify(changed(once, annotated(once, objects))), [['earlier', 'content']])
  })

const elsewhere = { 95: painted('I owe $1,000,000'), 96: stream('/Normal Do') }
const changes: [name: string, objects: Objects][] = [
  ['an action of the document', put(once, 1, '<<', `<< /OpenAction ${script} `)],
  ['a script of the document', put(once, 1, '<<', `<< /Names << /JavaScript << /Names [(a) ${script}] >> >> `)],
  ['actions of the document', put(once, 1, '<<', `<< /AA << /WC ${script} >> `)],
  ['permissions', put(once, 1, '<<', '<< /Perms << /UR3 9 0 R >> ')],
  ['layers', put(once, 1, '<<', '<< /OCProperties << /OCGs [] /D << >> >> ')],
  ['no proofs', put(once, 1, /\/DSS \d+ 0 R/, '')],
  ['a form that looks otherwise', put(once, 7, '(/Helv 0 Tf 0 g)', '(/Helv 90 Tf 1 g)')],
  ['a form by XFA', put(once, 7, '<<', '<< /XFA 96 0 R ')],
  ['a page without the signature', put(once, 3, '[8 0 R]', '[]')],
  ['other content', { ...put(once, 3, '/Contents 4 0 R', '/Contents 96 0 R'), ...elsewhere }],
  ['other resources', { ...put(once, 3, '/Normal 5 0 R', '/Normal 95 0 R'), ...elsewhere }],
  ['another size', put(once, 3, '[0 0 595 842]', '[0 0 595 100]')],
  ['a turned page', put(once, 3, '<<', '<< /Rotate 180 ')],
  ['an action of the page', put(once, 3, '<<', `<< /AA << /O ${script} >> `)],
  ['another page', { 2: '<< /Type /Pages /Kids [3 0 R 94 0 R] /Count 2 >>', 94: textOf(once, 3) }],
  ['no page', { 2: '<< /Type /Pages /Kids [] /Count 0 >>' }],
  ['an inherited entry', put(once, 2, '<<', '<< /Rotate 180 ')],
  ['another letter', { 6: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' }],
  ['another signature', put(once, 9, 'Mei Tide', 'Kai Reef')],
  ['a key twice', put(once, 3, '<<', '<< /Contents 96 0 R ')],
  ['a key twice in two spellings', put(once, 3, '<<', '<< /Con#74ents 96 0 R ')],
  ['a stream written again', { 4: textOf(once, 4) }],
  ['a version that is none', put(once, 1, '<<', '<< /Version /x ')],
]
for (const [name, objects] of changes)
  test(`${name} in a later version is content`, async () => {
    assert.deepEqual(await verify(changed(once, { ...objects })), [['earlier', 'content']])
  })

test('a later version without the signature has none that could be shown as good', async () => {
  for (const objects of [
    { ...put(once, 1, '/AcroForm 7 0 R', '/AcroForm 97 0 R'), 97: '<< /Fields [] /NeedAppearances true >>' },
    put(once, 1, '/AcroForm 7 0 R', ''),
    put(once, 7, '[8 0 R]', '[]'),
  ])
    assert.deepEqual(await verify(changed(once, objects)), [])
  const twice = await signed(once)
  const number = /\[8 0 R (\d+) 0 R\]/.exec(textOf(twice, 7))![1]
  for (const list of ['[8 0 R]', `[${number} 0 R]`, `[${number} 0 R 8 0 R]`])
    for (const [, later] of await verify(changed(twice, put(twice, 7, /\[8[^\]]*\]/, list))))
      assert.equal(later, 'content', list)
})

test('what is in two places at once is content', async () => {
  // The resources are the catalogue, whose entry for extensions is painted.
  const catalog = { catalog: '/Extensions 5 0 R', objects: { 4: stream('/Extensions Do') } }
  const text = (bytes: Buffer) => bytes.toString('latin1').replace('<< /Normal 5 0 R >>', '1 0 R'.padEnd(19))
  const shared = await signed(Buffer.from(text(aContract('Normal', catalog)), 'latin1'))
  const other = { ...put(shared, 1, '/Extensions 5 0 R', '/Extensions 95 0 R'), ...elsewhere }
  assert.deepEqual(await verify(changed(shared, other)), [['earlier', 'content']])
  // The page waits for an object that comes as a proof.
  const dangling = await signed(aContract('Normal', { page: '/Annots [] /Thumb 93 0 R' }))
  const proof = { ...put(dangling, 1, /\/DSS \d+ 0 R/, '/DSS << /Certs [93 0 R] >>'), 93: elsewhere[96] }
  assert.deepEqual(await verify(changed(dangling, proof)), [['earlier', 'content']])
  const harmless = { ...put(dangling, 1, /\/DSS \d+ 0 R/, '/DSS << /Certs [92 0 R] >>'), 92: elsewhere[96] }
  assert.deepEqual(await verify(changed(dangling, harmless)), [['valid', 'signatures']])
})

test('objects in an object stream are compared as others are', async () => {
  const first = await signed(packed(anEmptyContract))
  const later = (objects: Objects) => verify(packed(objects, first, `/Prev ${lastStart(first)}`))
  assert.deepEqual(await later({ 2: anEmptyContract[2]! }), [['valid', 'signatures']])
  assert.deepEqual(await later({ 2: anEmptyContract[2]!.replace('<<', '<< /Rotate 90') }), [['earlier', 'content']])
  assert.deepEqual(await later({ 2: anEmptyContract[2]!.replace('<<', '<< /Rotate 90 /Rotate null') }), [
    ['earlier', 'content'],
  ])
})

const again = changed(once, { 2: textOf(once, 2) })
const added = again.subarray(once.length).toString('latin1')
const start2 = Number(lastStart(again))
/** The version that brings nothing, with something else in it; where its table begins is put right. */
function twisted(from: string | RegExp, to: string): Buffer {
  const text = added.replace(from, to)
  assert.notEqual(text, added)
  const table = once.length + text.indexOf('xref\n')
  return Buffer.concat([once, Buffer.from(text.replace(`startxref\n${start2}`, `startxref\n${table}`), 'latin1')])
}
const old = /0000000(\d{3}) 00000 n/.exec(once.toString('latin1'))![0]
for (const [name, bytes] of [
  ['an entry that leads back to what was signed', twisted('trailer', `4 1\n${old} \ntrailer`)],
  ['an object that is taken away', twisted('trailer', '4 1\n0000000000 00001 f \ntrailer')],
  ['a second table', twisted('/Root', '/XRefStm 9 /Root')],
  ['another root', twisted('/Root 1 0 R', '/Root 2 0 R')],
  ['a jump over a version', twisted(/\/Prev \d+/, `/Prev ${/startxref\s+(\d+)/.exec(once.toString('latin1'))![1]}`)],
  ['no version before it', twisted(/\/Prev \d+/, '')],
  ['an object that no table names', twisted('xref\n', '90 0 obj\n<< >>\nendobj\nxref\n')],
  ['an object in a comment', twisted('xref\n', '% 4 0 obj << >> endobj\nxref\n')],
  ['a trailer in a comment', twisted('xref\n', '% trailer << /Root 9 0 R >>\nxref\n')],
  ['words between the objects', twisted('xref\n', 'x\nxref\n')],
  ['a generation', twisted(/2 0 obj/, '2 1 obj')],
  ['a table with short lines', twisted(/00000 n \n/, '00000 n\n')],
  ['an encryption', twisted('/Root', '/Encrypt << >> /Root')],
  ['words after its end', Buffer.concat([again, Buffer.from('x')])],
  ['an end alone', Buffer.concat([once, Buffer.from(`startxref\n${lastStart(once)}\n%%EOF\n`)])],
  ['a broken end', twisted('startxref', 'startxrex')],
] as const)
  test(`a later version with ${name} is content, as programs may read it in two ways`, async () => {
    const found = await verify(bytes)
    assert.ok(
      found.every(([, later]) => later === 'content'),
      `${found}`,
    )
    assert.deepEqual(await verify(again), [['valid', 'signatures']])
  })

test('an object that only some programs find is not brought out by a later version', async () => {
  // A hybrid file (ISO 32000-2, §7.5.8.4), whose second table names the pages again.
  const bytes = aContract()
  const at = bytes.indexOf('2 0 obj')
  const entry = Buffer.from([1, at >> 8, at & 255, 0]).toString('latin1')
  const table = stream(entry, '/Type /XRef /Size 9 /W [1 2 1] /Index [2 1] ')
  const more = changed(bytes, { 80: table })
  const where = more.indexOf('80 0 obj')
  const hybrid = await signed(
    Buffer.from(
      more
        .toString('latin1')
        .replace(/\/Prev (\d+) (?=[^/]*$)/, `/Prev $1 /XRefStm ${where} `)
        .replace(/startxref\n\d+\n%%EOF\n$/, (end) => end),
      'latin1',
    ),
  )
  assert.match(hybrid.toString('latin1'), /XRefStm/)
  assert.deepEqual(await verify(changed(hybrid, { 2: textOf(hybrid, 2) })), [['earlier', 'content']])
  assert.deepEqual((await verify(await signed(hybrid)))[0], ['valid', 'signatures'])
})
