// What a file is, by its content; and every file that must not be taken, with the reason that a person is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { say } from '#platform'
import { fileKinds } from '../definitions/form.ts'
import {
  compoundFile,
  eicar,
  heicFile,
  jpegFile,
  mp4File,
  odfParts,
  ooxmlParts,
  override,
  packedPdf,
  pdfFile,
  pngFile,
  relations,
  webmFile,
  webpFile,
  zipFile,
} from '../testing/bad-files.ts'
import { inspectFile } from './inspect.ts'
import { openInspector } from './inspector.ts'
import { type fileTypes, kindOf } from './kinds.rules.ts'
import { attachment, nameOf } from './names.rules.ts'
import { type Refusal, refusals } from './refusals.ts'

const csv = 'name,amount\n"Pier, north",-12.50\nHarbour,+3\n'
const good: Readonly<Record<keyof typeof fileTypes, readonly Buffer[]>> = {
  'application/pdf': [
    pdfFile(),
    Buffer.concat([pdfFile(), Buffer.from('\r\n\0\0')]),
    packedPdf('<< /S /URI /URI (x:) >>'),
  ],
  'image/jpeg': [jpegFile(), jpegFile(10_000, 5000), Buffer.concat([jpegFile(), jpegFile(2, 2)])],
  'image/png': [pngFile(), pngFile(10_000, 5000)],
  'image/webp': [webpFile()],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': [
    await zipFile(ooxmlParts('docx')),
    await zipFile(
      ooxmlParts('docx', {
        parts: {
          'word/_rels/document.xml.rels': relations(['hyperlink', 'https://tide.example', 'TargetMode="External"']),
        },
      }),
    ),
  ],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': [await zipFile(ooxmlParts('xlsx'))],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': [await zipFile(ooxmlParts('pptx'))],
  'application/vnd.oasis.opendocument.text': [await zipFile(odfParts('text'))],
  'application/vnd.oasis.opendocument.spreadsheet': [await zipFile(odfParts('spreadsheet'))],
  'application/vnd.oasis.opendocument.presentation': [await zipFile(odfParts('presentation'))],
  'text/csv': [
    Buffer.from(csv),
    Buffer.from(`\ufeff${csv}`),
    Buffer.from(`\ufeff${csv}`, 'utf16le'),
    Buffer.from('一;二\n三;四'),
  ],
  'video/mp4': [mp4File()],
  'video/webm': [webmFile()],
}

test('every kind is known by its content, and taken where it is asked for and nowhere else', async () => {
  for (const [type, files] of Object.entries(good))
    for (const bytes of files) {
      assert.deepEqual(await inspectFile(bytes, []), { type })
      for (const kind of fileKinds) {
        const found = await inspectFile(bytes, [kind])
        const isOwn = kind === kindOf(type as keyof typeof fileTypes)
        assert.equal('refusal' in found ? found.refusal : 'taken', isOwn ? 'taken' : 'wrong-type', `${type} as ${kind}`)
      }
    }
})

test('nothing that was cut short is taken, wherever it was cut', async () => {
  for (const [type, [bytes]] of Object.entries(good)) {
    if (type === 'text/csv') continue
    for (const part of [0.3, 0.6, 0.9]) {
      const found = await inspectFile(bytes!.subarray(0, Math.floor(bytes!.length * part)), [])
      assert.ok('refusal' in found, `${type} cut at ${part}`)
    }
  }
})

const zip = await zipFile({ 'readme.txt': 'hello' })
const zeros = Buffer.alloc(5_000_000)
const macro = 'application/vnd.ms-office.vbaProject'
const word = (parts: Record<string, string | Buffer>, more = '') => zipFile(ooxmlParts('docx', { parts, more }))
const linkTo = (type: string) =>
  word({ 'word/_rels/document.xml.rels': relations([type, 'https://evil.example/x', 'TargetMode="External"']) })

/** An archive whose directory says that a part is small, and which unpacks to more. */
async function lyingArchive(): Promise<Buffer> {
  const bytes = Buffer.from(await word({ 'word/media/a.bmp': zeros }))
  const packed = deflateRawSync(zeros).length
  // In both places where a size is told.
  for (const magic of ['PK\x03\x04', 'PK\x01\x02'])
    for (let at = bytes.indexOf(magic, 0, 'latin1'); at !== -1; at = bytes.indexOf(magic, at + 4, 'latin1')) {
      const sizeAt = at + (magic[2] === '\x03' ? 22 : 24)
      if (bytes.readUInt32LE(sizeAt) === zeros.length) bytes.writeUInt32LE(packed, sizeAt)
    }
  return bytes
}

// biome-ignore format: matrix
const bad: readonly (readonly [what: string, Buffer, Refusal])[] = [
  ['nothing', Buffer.alloc(0), 'empty'],
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'wrong-type'],
  ['a page', Buffer.from('<!DOCTYPE html><html><script>alert(1)</script></html>'), 'wrong-type'],
  ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'wrong-type'],
  ['a picture of a phone', heicFile(), 'wrong-type'],
  ['a text', Buffer.from('Only some words.'), 'wrong-type'],
  ['the virus of tests', eicar, 'wrong-type'],
  ['an archive', zip, 'wrong-type'],
  ['an old document', compoundFile(), 'wrong-type'],
  ['noise', Buffer.from('8f9c01b277aa5501ee', 'hex'), 'wrong-type'],
  // PDF
  ['a PDF that begins later', Buffer.concat([Buffer.from('\n\n'), pdfFile()]), 'wrong-type'],
  ['a PDF with a page behind', Buffer.concat([pdfFile(), Buffer.from('<html>')]), 'more-inside'],
  ['a PDF with an archive behind', Buffer.concat([pdfFile(), zip]), 'more-inside'],
  ['a PDF with much white space behind', Buffer.concat([pdfFile(), Buffer.alloc(2000)]), 'more-inside'],
  ['a PDF with a script', pdfFile({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }), 'active'],
  ['a script spelt otherwise', pdfFile({ catalog: '/OpenAction << /S /J#61vaScript /#4aS (1) >>' }), 'active'],
  ['a script among names', pdfFile({ catalog: '/Names << /JavaScript << /Names [(a) 10 0 R] >> >>', objects: ['<< >>'] }), 'active'],
  ['a script that is packed', packedPdf('<< /S /JavaScript /JS (app.alert(1)) >>'), 'active'],
  ['a script on a page', pdfFile({ page: '/AA << /O << /S /JavaScript /JS 10 0 R >> >>', objects: ['(1)'] }), 'active'],
  ['a PDF that starts a program', pdfFile({ objects: ['<< /S /Launch /F (cmd.exe) >>'] }), 'active'],
  ['a form of another language', pdfFile({ catalog: '/AcroForm << /XFA 10 0 R /Fields [] >>', objects: ['<< >>'] }), 'active'],
  ['a PDF with a file', pdfFile({ catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' }), 'more-inside'],
  ['a PDF with a file on a page', pdfFile({ objects: ['<< /Type /Annot /Subtype /FileAttachment >>'] }), 'more-inside'],
  ['a PDF with a password', pdfFile({ trailer: '/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <00> /U <00> >>' }), 'encrypted'],
  ['a PDF without an end', Buffer.from('%PDF-1.7\nhello'), 'damaged'],
  ['a PDF without pages', Buffer.from('%PDF-1.7\nhello\n%%EOF'), 'damaged'],
  // Pictures
  ['a JPEG with an archive behind', Buffer.concat([jpegFile(), zip]), 'more-inside'],
  ['a JPEG with a PDF behind', Buffer.concat([jpegFile(), pdfFile()]), 'more-inside'],
  ['a JPEG that is a PDF too', jpegFile(8, 8, pdfFile()), 'more-inside'],
  ['a JPEG that is a page too', jpegFile(8, 8, Buffer.from('<SCRIPT src=x></script>')), 'more-inside'],
  ['a JPEG that is an archive too', jpegFile(8, 8, zip), 'more-inside'],
  ['a PNG with a page behind', Buffer.concat([pngFile(), Buffer.from('<html>')]), 'more-inside'],
  ['a PNG that is a program of a server', pngFile(1, 1, Buffer.from('a\0<?php system(1)')), 'more-inside'],
  ['a PNG with a wrong checksum', Buffer.from(pngFile().toString('latin1').replace('IDAT', 'IDAX'), 'latin1'), 'damaged'],
  ['a WebP with something behind', Buffer.concat([webpFile(), Buffer.from('more')]), 'more-inside'],
  ['too many pixels in a PNG', pngFile(60_000, 60_000), 'pixels'],
  ['too many pixels in a JPEG', jpegFile(60_000, 60_000), 'pixels'],
  ['too many pixels in a WebP', webpFile(16_000, 16_000), 'pixels'],
  // Videos
  ['an MP4 with a page behind', Buffer.concat([mp4File(), Buffer.from('<html><script>')]), 'damaged'],
  ['an MP4 with an archive behind', Buffer.concat([mp4File(), zip]), 'more-inside'],
  ['a WebM with something behind', Buffer.concat([webmFile(), Buffer.from('more')]), 'more-inside'],
  // Archives
  ['a document with an archive in front', Buffer.concat([zip.subarray(0, zip.length - 40), await word({})]), 'more-inside'],
  ['a document with a page behind', Buffer.concat([await word({}), Buffer.from('<html>')]), 'more-inside'],
  ['a document in a document', await word({ 'word/embeddings/sheet.xlsx': zip }), 'more-inside'],
  ['an archive under another name', await word({ 'word/media/photo.png': zip }), 'more-inside'],
  ['a program in a document', await word({ 'word/media/x.emf': Buffer.from('MZ\x90\0') }), 'more-inside'],
  ['an object of another program', await word({ 'word/embeddings/oleObject1.bin': compoundFile() }), 'more-inside'],
  ['what unpacks to too much', await word({ 'word/media/a.bmp': Buffer.alloc(20_000_000) }), 'bomb'],
  ['what unpacks to more than it says', await lyingArchive(), 'damaged'],
  ['too many parts', await word(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`x/${at}`, '1']))), 'bomb'],
  ['a part twice', await word({ 'WORD/Document.xml': 'other' }), 'damaged'],
  ['a document with a password inside', await zipFile(ooxmlParts('docx'), { password: 'tide', zipCrypto: true }), 'encrypted'],
  ['a document with a password', compoundFile('EncryptedPackage'), 'encrypted'],
  ['macros', await word({ 'word/vbaProject.bin': 'x' }, override(macro)), 'macros'],
  ['macros that no type tells of', await word({ 'word/vbaProject.bin': 'x' }), 'macros'],
  ['a document for macros', await word({}, override('application/vnd.ms-word.document.macroEnabled.main+xml')), 'macros'],
  ['macros spelt otherwise', await word({}, override('application/vnd.ms-office.vba&#80;roject')), 'macros'],
  ['a sheet of macros', await zipFile(ooxmlParts('xlsx', { parts: { 'xl/macrosheets/sheet1.xml': '<x/>' } })), 'macros'],
  ['a control', await word({}, override('application/vnd.ms-office.activeX+xml')), 'macros'],
  ['a template from elsewhere', await linkTo('attachedTemplate'), 'linked'],
  ['an object from elsewhere', await linkTo('oleObject'), 'linked'],
  ['a picture from elsewhere', await linkTo('image'), 'linked'],
  ['a field that starts a program', await word({ 'word/header1.xml': '<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>' }), 'linked'],
  ['a part with entities', await word({ 'word/footer1.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' }), 'damaged'],
  ['macros of LibreOffice', await zipFile(odfParts('text', { 'Basic/Standard/Module1.xml': '<x/>' })), 'macros'],
  ['a macro that begins by itself', await zipFile(odfParts('text', { 'settings.xml': '<script:event-listener/>' })), 'macros'],
  ['a locked document of LibreOffice', await zipFile(odfParts('text', { 'META-INF/manifest.xml': '<manifest:encryption-data/>' })), 'encrypted'],
  ['a section from elsewhere', await zipFile(odfParts('text', { 'content.xml': '<text:section-source xlink:href="http://x"/>' })), 'linked'],
  ['a drawing of LibreOffice', await zipFile({ ...odfParts('text'), mimetype: 'application/vnd.oasis.opendocument.graphics' }), 'wrong-type'],
  // Tables
  ['a table that calculates', Buffer.from('a,b\n1,=cmd|calc\n'), 'formula'],
  ['a table that calculates behind quotes', Buffer.from('a,b\n1,"@SUM(A1)"\n'), 'formula'],
  ['a table that calculates behind a sign', Buffer.from('a;b\n1;-2+cmd|calc\n'), 'formula'],
]

test('what must not be taken is refused, each with its own reason', async () => {
  for (const [what, bytes, refusal] of bad) {
    const found = await inspectFile(bytes, fileKinds)
    assert.equal('refusal' in found ? found.refusal : found.type, refusal, what)
    if (!('refusal' in found)) continue
    for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const)
      assert.doesNotMatch(say(refusals[found.refusal], language, found.values), /[{}]/, what)
  }
})

test('a file that takes too much memory, or too long, ends with the process that reads it', async () => {
  const inspector = openInspector()
  const short = openInspector({ ...(await import('./inspector.ts')).inspectorLimits, timeoutMs: 1 })
  try {
    assert.deepEqual(await inspector.inspect(pdfFile(), ['pdf']), { type: 'application/pdf' })
    assert.deepEqual(await short.inspect(pdfFile(), ['pdf']), { refusal: 'too-hard' })
    // The next file is read all the same, and several at once.
    const many = await Promise.all(Array.from({ length: 8 }, () => inspector.inspect(pngFile(), ['image'])))
    assert.deepEqual(new Set(many.map((each) => JSON.stringify(each))), new Set(['{"type":"image/png"}']))
  } finally {
    inspector.close()
    short.close()
  }
})

test('a name is one that can be shown and saved, and its ending is that of its content', () => {
  // biome-ignore format: matrix
  const names = [
    ['plan.pdf', 'application/pdf', 'plan.pdf'],
    ['scan.png', 'image/jpeg', 'scan.jpg'],
    ['photo.JPEG', 'image/jpeg', 'photo.jpeg'],
    ['plan.pdf.exe', 'application/pdf', 'plan.pdf'],
    ['plan.exe.pdf', 'application/pdf', 'plan.pdf'],
    ['report.v2', 'application/pdf', 'report.v2.pdf'],
    ['../../etc/passwd', 'application/pdf', 'passwd.pdf'],
    ['C:\\Users\\Ada\\plan.pdf', 'application/pdf', 'plan.pdf'],
    ['gnp\u202Efdp.exe', 'application/pdf', 'gnpfdp.pdf'],
    ['a\r\nb\0c.pdf', 'application/pdf', 'abc.pdf'],
    ['.pdf', 'application/pdf', 'file.pdf'],
    ['', 'text/csv', 'file.csv'],
    ['潮汐計劃.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '潮汐計劃.docx'],
    ['x'.repeat(400), 'image/png', `${'x'.repeat(120)}.png`],
    ['half \ud800.pdf', 'application/pdf', 'half.pdf'],
  ] as const
  for (const [given, type, name] of names) assert.equal(nameOf(given, type), name, given)
  assert.equal(
    attachment('計"劃\'.pdf'),
    `attachment; filename="_____.pdf"; filename*=UTF-8''${encodeURIComponent('計"劃')}%27.pdf`.replace('_____', '____'),
  )
})
