import { type Found, refuse } from './refusals.ts'

const cellCharactersMax = 100_000

/** The text of a table, in UTF-8 or in UTF-16 as Excel writes it; undefined where it is no text. */
export function textOf(bytes: Buffer): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for
    return /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * RFC 4180, with commas, semicolons or tabs: a table has a divider in its first line, and is neither a page nor a drawing. A cell that
 * programs would calculate is refused; a number may have a sign.
 */
export function inspectCsv(text: string): Found | undefined {
  if (/^\s*[<{[%]/.test(text) || /^\s*#!/.test(text)) return undefined
  const divider = [',', ';', '\t']
    .map((each) => ({ each, count: text.slice(0, text.search(/\n|$/)).split(each).length }))
    .sort((one, other) => other.count - one.count)[0]!
  if (divider.count < 2) return undefined
  let line = 1
  let cell = ''
  let isQuoted = false
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at]
    if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && (letter === divider.each || letter === '\n' || letter === '\r' || letter === undefined)) {
      if (isCalculated(cell)) return refuse('formula', { line })
      cell = ''
    } else if (cell.length < cellCharactersMax) cell += letter ?? ''
    if (letter === '\n') line++
  }
  return isQuoted ? refuse('damaged') : { type: 'text/csv' }
}

const isCalculated = (cell: string) => {
  const text = cell.trim()
  return /^[=@＝＠]/.test(text) || (/^[+\-＋－]./.test(text) && !/^[+-][\d.,\s()/%-]*$/.test(text))
}
