import { type Invocation, type Sql, texts } from '#platform'
import { Fault } from './faults.ts'
import { listLogs } from './log/logs.sql.ts'
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

/** JSON that says the same, and commands the terminal as little. */
export const escaped = (json: string): string =>
  json.replace(unseen, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** How a verb ends by a fault, which is said; anything else is a bug, and is thrown on. */
export function endBy(
  error: unknown,
  { say, warn, progress }: Pick<Invocation, 'say' | 'warn'> & Partial<Pick<Invocation, 'progress'>>,
): 1 | 2 {
  if (!(error instanceof Fault)) throw error
  progress?.(undefined)
  plainly(warn)(say(error.text, error.values))
  return error.isOfLog ? 1 : 2
}

/** That there is no log of this name, with those that there are. */
export const noLog = async (sql: Sql, name: string): Promise<Fault> =>
  new Fault('no-log', { name, names: (await listLogs(sql)).map((log) => log.name).join(', ') || '–' })

const progressMs = 3000

/** Tells how far something is, and not too often. */
export function nowAndThen<Given extends unknown[]>(tell: (...given: Given) => void): (...given: Given) => void {
  let told = performance.now()
  return (...given) => {
    if (performance.now() - told < progressMs) return
    told = performance.now()
    tell(...given)
  }
}
