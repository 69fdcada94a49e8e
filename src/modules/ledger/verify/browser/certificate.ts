/*
 * The script of a certificate: that of the page that checks proofs, and a look at the time stamp that the certificate carries,
 * by the check that the server makes of it.
 */
import { judgeTimestamp } from '#identity'
import { Buffer } from './buffer.ts'
import { writeMoment } from './page.ts'

/** What the certificate hands to this script, in base64; see `StampFiles`. */
export type HandedStamp = {
  language: string
  timeZone: string
  token: string
  entry: string
  /** PEM, where it is one of that installation, and how that calls its authority. */
  root: string | null
  authority: string
  /** A sentence for each outcome, and how an instant is written. */
  words: Readonly<Record<'holds' | 'unknown' | 'fails' | 'unreadable' | 'day' | 'time', string>>
}

/** A certificate as text (RFC 7468, §5). */
const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

for (const place of document.querySelectorAll<HTMLElement>('[data-stamp]')) {
  const { token, entry, root, authority, words, ...reader } = JSON.parse(place.dataset.stamp!) as HandedStamp
  const judged = judgeTimestamp(
    Buffer.from(token, 'base64'),
    Buffer.from(entry, 'base64'),
    root === null ? [] : [derOf(Buffer.from(root, 'base64').toString())],
  )
  const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  const { outcome, at } = judged
  const moment = at ? writeMoment(at, reader, (key, values) => fill(words[key as 'day'], values)) : ''
  const shape = document.querySelector<HTMLTemplateElement>(
    `template[data-mark="${outcome === 'holds' ? 'holds' : outcome === 'fails' ? 'fails' : 'unchecked'}"]`,
  )!
  place.replaceChildren(shape.content.cloneNode(true))
  place
    .querySelector('[data-place]')!
    .replaceWith(fill(words[outcome], { moment, authority: outcome === 'holds' ? authority : judged.authority }))
}
