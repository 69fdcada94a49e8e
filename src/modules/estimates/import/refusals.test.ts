import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chinese, english, found, imported, refused } from '../testing/texts.ts'
import { importBytesMax, lineLengthMax, linesMax, type RefusalCode, refusals } from './refusals.ts'

const text = chinese()
const lines = text.split('\n')
const upTo = (line: number) => lines.slice(0, line).join('\n')
const utf16 = Buffer.from(text, 'utf16le')
const zip = (name: string) => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(26), Buffer.from(name)])

describe('a file that is not the text of one Head is refused with one reason', () => {
  // biome-ignore format: matrix
  const cases: [what: string, file: string | Uint8Array, code: RefusalCode][] = [
    ['no bytes', '', 'empty'],
    ['nothing but space', ' \n\t\n  \r\n', 'empty'],
    ['a byte more than the limit', new Uint8Array(importBytesMax + 1), 'too-large'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'pdf'],
    ['an XLSX workbook', zip('xl/workbook.xml'), 'spreadsheet'],
    ['an old XLS workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'spreadsheet'],
    ['a ZIP archive', zip('notes.txt'), 'archive'],
    ['a web page', '<!DOCTYPE html>\n<html><body>總目 71 – 海灣市政府</body></html>', 'html'],
    ['XML', '<?xml version="1.0"?><head/>', 'html'],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16'],
    ['UTF-16 without a mark', utf16, 'utf-16'],
    ['Big5', Buffer.from([0xc1, 0x60, 0xa5, 0xd8, 0x20, 0x37, 0x31]), 'not-utf-8'],
    ['a character cut in the middle', Buffer.from(text).subarray(0, 4), 'not-utf-8'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'binary'],
    ['control characters in text', `${upTo(30)}\u0001`, 'binary'],
    ['a line without end', 'x'.repeat(lineLengthMax + 1), 'line-too-long'],
    ['lines without end', 'x\n'.repeat(linesMax + 1), 'too-many-lines'],
    ['a row without end', `${upTo(30)}\n${'1\t'.repeat(100)}`, 'too-many-cells'],
    ['a letter', 'Dear Sir,\n\nPlease find the Estimates enclosed.\n', 'another-document'],
    ['the project’s own documents together', `${text}\n${english()}`, 'imported' as RefusalCode],
    ['two Heads', `${text}\n${text.replaceAll('總目 71 – 海灣市政府：公共圖書館及檔案署', '總目 72 – 海灣市政府：渡輪署')}`, 'several-heads'],
    ['the cover alone', upTo(9), 'no-tables'],
    ['the end of the list of programmes', upTo(26), 'no-tables'],
    ['a table’s header alone', upTo(30), 'no-tables'],
    ['a table cut inside its first row', `${upTo(30)}\n財政撥款(百萬元)\t161.3\t17`, 'truncated'],
    ['a percentage cut inside', `${upTo(31)}\n\t\t\t\t(或較 2024-25 原`, 'truncated'],
    ['the analysis cut before its total', upTo(124), 'truncated'],
    ['the analysis cut inside its total', `${upTo(125)}\n\t380.3\t37`, 'truncated'],
    ['the subhead table cut at a group', upTo(170), 'truncated'],
    ['the subhead table cut at a subtotal', upTo(168), 'truncated'],
    ['the breakdown cut at a line', upTo(200), 'truncated'],
    ['the commitments cut inside a row', `${upTo(218)}\n871 學校閱讀能力支援計劃† .....\t96,000†\t11,3`, 'truncated'],
    ['too many paragraphs', `${upTo(183)}\n\n${'一段。\n\n'.repeat(300)}`, 'beyond-limits'],
  ]
  for (const [what, file, code] of cases) {
    test(`${what}: ${code}`, () => assert.equal(refused(file), code))
  }

  test('a file cut between two tables is imported, and says what is missing', () => {
    const document = imported(upTo(130))
    assert.deepEqual(
      found(document).filter((one) => one.includes('missing')),
      ['subheads-missing 129', 'breakdown-missing 129', 'commitments-missing 129'],
    )
  })

  test('a file cut inside a sentence is imported, and says so', () => {
    assert.deepEqual(
      found(imported(`${upTo(182)}\n二零二五至二六年度公共圖書館及檔案署(圖檔署)所需的薪金和開`), 'text-cut'),
      ['text-cut 183'],
    )
  })

  test('every refusal has a sentence in every language, and a case above shows it', () => {
    const shown = new Set<string>(cases.map(([, , code]) => code))
    assert.deepEqual(
      Object.keys(refusals).filter((code) => !shown.has(code)),
      ['no-year'],
    )
    assert.equal(refused(text.replaceAll(/2025-26/g, '明年').replaceAll('二零二五至二六', '明')), 'no-year')
  })
})
