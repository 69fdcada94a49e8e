// Later versions by which a signed PDF shows something else to a program that reads more in it, or otherwise, than we do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { changed, lastStart, type Objects, painted, signingIn, stream, textOf, withObjects } from './testing/pdfs.ts'

const { verify, signed } = signingIn(await start())
const font = '/Font << /F1 6 0 R >>'
const page = (more: string) => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${more} >>`
const base = (more: Objects, catalog = ''): Objects => ({
  1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: page(`/Resources << /XObject << /Normal 5 0 R >> ${font} >>`),
  4: stream('/Normal Do'),
  5: painted('I owe $1'),
  6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  15: painted('I owe $1,000,000'),
  ...more,
})
const whole = (objects: Objects, trailer = '') =>
  withObjects(Buffer.from('%PDF-1.7\n'), objects, '0 1\n0000000000 65535 f \n', trailer)
/** Signed, and then changed by a later version: content, unless told otherwise. */
async function judge(first: Buffer, update: (signed: Buffer) => Buffer, later = 'content'): Promise<void> {
  const once = await signed(first)
  assert.deepEqual(await verify(once), [['valid', 'nothing']])
  const found = await verify(update(once))
  assert.deepEqual(found.at(-1), [later === 'content' ? 'earlier' : 'valid', later])
}

test('names that are no UTF-8 and are read as one cannot change places', async () => {
  const resources = (one: string, other: string) => `<< /XObject << /#${one} 5 0 R /#${other} 15 0 R >> ${font} >>`
  const first = whole(base({ 3: page('/Resources 20 0 R'), 4: stream('/#ff Do'), 20: resources('ff', 'fe') }))
  await judge(first, (once) => changed(once, { 20: resources('fe', 'ff') }))
  // As a value, as Chinese fonts are called, in an object that stays as it is, such a name says nothing.
  const called = whole(base({ 6: '<< /Type /Font /Subtype /Type1 /BaseFont /#cb#ce#cc#e5 >>' }))
  await judge(called, (once) => changed(once, { 2: textOf(once, 2) }), 'signatures')
})

test('a field that waits for its signature and is a dictionary of resources as well waits for ever', async () => {
  const field = (more = '') =>
    `<< /FT /Sig /T (Tenant) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 132 /P 3 0 R ${more}>>`
  const value = '<< /Type /Sig /ca 0 /CA 0 /ByteRange [0 1 2 3] /Contents <00> >>'
  const prepared = (more: string) =>
    whole(
      base(
        { 3: page(`/Annots [8 0 R] /Resources << /XObject << /Normal 5 0 R >> ${font} ${more} >>`), 8: field() },
        '/AcroForm << /Fields [8 0 R] >>',
      ),
    )
  await judge(prepared('/ExtGState 8 0 R'), (once) => changed(once, { 8: field('/V 91 0 R '), 91: value }))
  await judge(prepared(''), (once) => changed(once, { 8: field('/V 91 0 R '), 91: value }), 'signatures')
})

test('the catalogue is no dictionary of resources either', async () => {
  const first = whole(base({ 3: page(`/Resources << /XObject << /Normal 5 0 R >> ${font} /ExtGState 1 0 R >>`) }))
  await judge(first, (once) =>
    changed(once, {
      1: textOf(once, 1)
        .replace(/\/DSS \d+ 0 R/, '')
        .replace('<<', '<< /DSS << /ca 0 /CA 0 >>'),
    }),
  )
})

/** Objects of which `inside` stand in an object stream with this dictionary, and a cross-reference stream. */
function hidden(objects: Objects, inside: Objects, dictionary: (count: number, first: number) => string): Buffer {
  let bytes = Buffer.from('%PDF-1.7\n')
  const places: [number, number, number, number][] = []
  const add = (number: number, text: string) => {
    places.push([number, 1, bytes.length, 0])
    bytes = Buffer.concat([bytes, Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, 'latin1')])
  }
  for (const [number, text] of Object.entries(objects)) add(Number(number), text)
  const numbers = Object.keys(inside).map(Number)
  const head = `${numbers.map((number) => `${number} 0`).join(' ')}\n`
  add(
    30,
    stream(
      `${head}${numbers.map((number) => `${inside[number]}\n`).join('')}`,
      dictionary(numbers.length, head.length),
    ),
  )
  for (const [index, number] of numbers.entries()) places.push([number, 2, 30, index])
  return sectioned(bytes, places, { number: 31, trailer: '' })
}
/** A later version with a cross-reference stream. */
function changedHidden(before: Buffer, objects: Objects): Buffer {
  let bytes = before
  const places: [number, number, number, number][] = []
  for (const [number, text] of Object.entries(objects)) {
    places.push([Number(number), 1, bytes.length, 0])
    bytes = Buffer.concat([bytes, Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, 'latin1')])
  }
  return sectioned(bytes, places, { number: 999, trailer: `/Prev ${lastStart(before)} ` })
}
function sectioned(
  bytes: Buffer,
  places: [number, number, number, number][],
  { number, trailer }: { number: number; trailer: string },
): Buffer {
  const all = [...places, [number, 1, bytes.length, 0] as const]
  const data = all
    .map(([, kind, one, two]) => String.fromCharCode(kind, one >> 16, (one >> 8) & 255, one & 255, two))
    .join('')
  const index = all.map(([each]) => `${each} 1`).join(' ')
  const about = `/Type /XRef /Size 1000 /W [1 3 1] /Index [${index}] /Root 1 0 R ${trailer}`
  const end = `${number} 0 obj\n${stream(data, about)}\nendobj\nstartxref\n${bytes.length}\n%%EOF\n`
  return Buffer.concat([bytes, Buffer.from(end, 'latin1')])
}

test('what stands in an object stream that cannot be read here hides nothing', async () => {
  const objects = base({ 3: page('/Resources 20 0 R'), 4: stream('/Normal Do'), 21: '<< /Normal 5 0 R >>' })
  const inside = { 20: `<< /XObject 21 0 R ${font} >>` }
  for (const [dictionary, more] of [
    [(_: number, first: number) => `/Type /ObjStm /N 33 0 R /First ${first} `, { 33: '1' }],
    [(count: number, first: number) => `/N ${count} /First ${first} `, {}],
  ] as const)
    await judge(hidden({ ...objects, ...more }, inside, dictionary), (once) =>
      changedHidden(once, { 21: '<< /Normal 15 0 R >>' }),
    )
})

test('a form brings no font to what shows already', async () => {
  const look = stream('BT /F9 24 Tf 5 10 Td (I owe) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 300 50] ')
  const seen =
    '<< /FT /Sig /T (Seen) /Type /Annot /Subtype /Widget /Rect [60 600 360 650] /F 4 /P 3 0 R /AP << /N 60 0 R >> >>'
  const first = whole(
    base(
      { 3: page('/Annots [62 0 R]'), 60: look, 61: '<< /Fields [62 0 R] /DR << /Font << /F9 6 0 R >> >> >>', 62: seen },
      '/AcroForm 61 0 R',
    ),
  )
  await judge(first, (once) => changed(once, { 61: textOf(once, 61).replace('/F9 6 0 R', '/F9 15 0 R') }))
})

test('the title and the author stay, and when a file was written may be said anew', async () => {
  const about = (title: string, more = '') => ({ 40: `<< /Title (${title}) /Author (Mei Tide) ${more} >>` })
  const first = whole(base(about('Lease of 2026')), '/Info 40 0 R')
  const update =
    (objects: Objects, info = 40) =>
    (once: Buffer) =>
      changed(once, objects, { trailer: `/Info ${info} 0 R` })
  await judge(first, update(about('Deed of gift')))
  await judge(first, update({ 95: about('Deed of gift')[40] }, 95))
  await judge(first, update(about('Lease of 2026', '/ModDate (D:20270101000000Z) /Producer (Another)')), 'signatures')
})

test('a later version has no fewer objects, and none in the place of one of another generation', async () => {
  const first = whole(base({}))
  await judge(first, (once) => {
    const later = changed(once, { 2: textOf(once, 2) }).toString('latin1')
    const at = later.lastIndexOf('/Size ')
    return Buffer.from(later.slice(0, at) + later.slice(at).replace(/\/Size \d+/, '/Size 2'), 'latin1')
  })
  const other = whole(base({ 3: page('/Resources 20 0 R'), 20: `<< /XObject << /Normal 5 0 R >> ${font} >>` }))
  const odd = Buffer.from(
    other.toString('latin1').replace(/20 1\n(\d{10}) 00000 n/, (_, at) => `20 1\n${at} 00007 n`),
    'latin1',
  )
  await judge(odd, (once) => changed(once, { 20: textOf(once, 20) }))
})
