import { setTimeout as pause } from 'node:timers/promises'
import { type Command, texts } from '#platform'
import type { Fault } from '../faults.ts'
import { readAt, readTrust, trustOptions } from '../fsck/trust.ts'
import { parseSize } from '../notes/encoding.rules.ts'
import { endBy, escaped, plainly } from '../told.ts'
import { type Pattern, readOn, type Seen } from './monitor.ts'
import { findSeen, keepSeen } from './state.ts'

const words = texts({
  summary: {
    en: 'Follows a log of anybody, checks that it only grows, and tells of each new entry that fits.',
    'zh-Hant': '跟進任何人的日誌，查核日誌只增不減，並列出每個符合條件的新條目。',
  },
  where: { en: 'The address of the log, or the folder of a copy', 'zh-Hant': '日誌的網址，或副本的資料夾' },
  kind: { en: 'Only entries of this kind', 'zh-Hant': '只列這類條目' },
  org: { en: 'Only entries of this organisation', 'zh-Hant': '只列這個機構的條目' },
  match: { en: 'Only entries that hold this text', 'zh-Hant': '只列載有這段文字的條目' },
  from: { en: 'Only entries from this one on', 'zh-Hant': '只列由這個條目起的條目' },
  every: { en: 'Go on, and look again after as many seconds', 'zh-Hant': '持續運行，每隔若干秒再查看' },
  state: {
    en: 'A file that keeps how far was read, so that the next call goes on from there',
    'zh-Hant': '記錄讀到何處的檔案，下次由該處繼續',
  },
  json: { en: 'Each entry as a line of JSON', 'zh-Hant': '每個條目輸出一行 JSON' },
  number: {
    en: '--every takes seconds from 1 to 86400, --from the number of an entry.',
    'zh-Hant': '--every 須為 1 至 86400 的秒數，--from 須為條目編號。',
  },
  hit: { en: '{origin} {index}: {text}', 'zh-Hant': '{origin} {index}：{text}' },
  octets: { en: '(no text; leaf {leaf})', 'zh-Hant': '（並非文字；葉 {leaf}）' },
})

/** `./praya ledger monitor WHERE`: 0 when the log only grew, 1 when it is not what it was, 2 when nothing can be said. */
export const monitor: Command = {
  name: 'ledger monitor',
  summary: words.summary,
  arguments: [{ name: 'WHERE', about: words.where }],
  options: {
    ...trustOptions,
    kind: { about: words.kind, value: 'KIND' },
    org: { about: words.org, value: 'ORGANISATION' },
    match: { about: words.match, value: 'TEXT' },
    from: { about: words.from, value: 'INDEX' },
    every: { about: words.every, value: 'SECONDS' },
    state: { about: words.state, value: 'FILE' },
    json: { about: words.json },
  },
  async run({ arguments: [where = ''], options, say, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    const given = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
    const state = given('state')
    const seconds = options.every === undefined ? undefined : Number(options.every)
    const from = parseSize(given('from') ?? '0')
    if (from === undefined || (seconds !== undefined && !(seconds >= 1 && seconds <= 86_400))) {
      warn(say(words.number))
      return 2
    }
    const pattern: Pattern = { kind: given('kind'), org: given('org'), text: given('match') }
    let seen: Seen | undefined
    for (let isFirst = true; ; isFirst = false) {
      try {
        const policy = await readTrust(options)
        if (isFirst && state) seen = await findSeen(state)
        seen = await readOn(readAt(where), { policy, where, seen, pattern, from }, (origin, { index, leaf, text }) => {
          // Escaped, JSON says what the log holds and commands no terminal either.
          if (options.json) out.print(escaped(JSON.stringify({ origin, index: Number(index), leaf, entry: text })))
          else print(say(words.hit, { origin, index: `${index}`, text: text ?? say(words.octets, { leaf }) }))
        })
        // After it was told: what is told twice after a crash is better than what is told never.
        if (state) await keepSeen(state, seen)
      } catch (error) {
        const code = endBy(error, { say, warn })
        // What is not what it was needs a person; a server that is away is asked again.
        if (seconds === undefined || isFirst || !(error as Fault).mayPass) return code
      }
      if (seconds === undefined) return 0
      await pause(seconds * 1000)
    }
  },
}
