import { texts } from '#platform'
import type { Signed } from './notes/open.rules.ts'

export const signerWords = texts({
  signed: { en: 'Signed by: {names}', 'zh-Hant': '簽署者：{names}' },
  cosigned: { en: 'Cosigned by: {names}', 'zh-Hant': '加簽者：{names}' },
})

/** `example.com/log`, and when, where they told it. */
export const signersOf = (signed: readonly Signed[]): string =>
  signed.map(({ key, time }) => (time ? `${key.name} (${instantOf(time)})` : key.name)).join(', ')

/** The last second that ISO 8601 writes with four digits of the year. */
const secondsMax = 253_402_300_799n

const instantOf = (seconds: bigint): string =>
  seconds > secondsMax ? `${seconds}` : new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')

/** Control characters, and those that change the direction of text: names and paths come from others. */
const unseen = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\u2060\ufeff]/gu

/** Nothing that a log says commands the terminal. */
export const plainly =
  (print: (line: string) => void) =>
  (line: string): void =>
    print(line.replace(unseen, '\ufffd'))
