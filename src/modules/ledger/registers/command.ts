import { type Command, texts } from '#platform'
import { readAt, readTrust, trustOptions } from '../fsck/trust.ts'
import { endBy, noLog, nowAndThen, plainly } from '../told.ts'
import { rootOfItems } from './replay.rules.ts'
import { type Compared, compareLog, type Replayed, replayLog } from './replay.ts'

const words = texts({
  summary: {
    en: 'Computes the state of every register from the tiles of a log. For a log of this installation it compares that with the tables; with a key or policy it reads the log of anybody.',
    'zh-Hant':
      '由日誌的分塊重新計算每個登記冊的狀況。如屬本系統的日誌，會與資料表比對；如指明密鑰或信任政策，則可讀取任何人的日誌。',
  },
  where: {
    en: 'The name of a log of this installation; with a key or policy, an address or folder',
    'zh-Hant': '本系統日誌的名稱；如指明密鑰或信任政策，則為網址或資料夾',
  },
  reading: { en: 'Read {done} of {all} entries', 'zh-Hant': '已讀取 {done} 個條目，共 {all} 個' },
  log: { en: '{origin} with {size} entries', 'zh-Hant': '{origin}，共 {size} 個條目' },
  register: { en: '{register}: {items} items, root {root}', 'zh-Hant': '{register}：{items} 個登記項，根 {root}' },
  none: { en: 'No entry of this log is of a register.', 'zh-Hant': '日誌內沒有登記冊的條目。' },
  broken: {
    en: 'Entry {index} has no effect: it breaks the rules of its register ({fault}).',
    'zh-Hant': '條目 {index} 沒有效力：違反登記冊的規則（{fault}）。',
  },
  different: {
    en: '{register}/{number}: the table does not hold what the entries say. Keep this database as it is, and compare it with a backup.',
    'zh-Hant': '{register}/{number}：資料表所載與條目不符。請保留資料庫現狀，並與備份比對。',
  },
  otherRules: {
    en: '{register}: the table does not hold the rules that the entries set. Keep this database as it is, and compare it with a backup.',
    'zh-Hant': '{register}：資料表所載規則與條目不符。請保留資料庫現狀，並與備份比對。',
  },
  same: {
    en: 'The tables hold exactly what the entries say: the rules, the state of each item, and every step. Fields and holders are those that the entries were committed to.',
    'zh-Hant': '資料表所載的規則、每個登記項的狀況及每個步驟，均與條目完全相符；欄位內容及持有人亦與條目的承諾相符。',
  },
})

/** `./praya ledger replay WHERE`: 0 when all is as the entries say, 1 when it is not, 2 when nothing can be said. */
export const replay: Command = {
  name: 'ledger replay',
  summary: words.summary,
  arguments: [{ name: 'WHERE', about: words.where }],
  options: trustOptions,
  async run({ arguments: [where = ''], options, progress, say, withInstallation, ...out }) {
    const onProgress = nowAndThen((done: bigint, all: bigint) =>
      progress(say(words.reading, { done: `${done}`, all: `${all}` })),
    )
    const own = () =>
      withInstallation(async (installation) => {
        const compared = await compareLog(installation, where, onProgress)
        if (compared) return compared
        throw await noLog(installation.sql, where)
      })
    try {
      const isOthers = options.key !== undefined || options.policy !== undefined
      const found = isOthers
        ? await replayLog(readAt(where), { policy: await readTrust(options), where, onProgress })
        : await own()
      progress(undefined)
      return tell(found, { print: plainly(out.print), say })
    } catch (error) {
      return endBy(error, { say, progress, warn: out.warn })
    }
  },
}

function tell(found: Replayed | Compared, { print, say }: Pick<Parameters<Command['run']>[0], 'print' | 'say'>): 0 | 1 {
  const { checkpoint, registers, broken, findings } = found
  print(say(words.log, { origin: checkpoint.origin, size: `${checkpoint.size}` }))
  if (registers.size === 0) print(say(words.none))
  for (const [register, folded] of registers) {
    const root = Buffer.from(rootOfItems(folded)).toString('hex')
    print(say(words.register, { register, items: folded.items.size, root }))
  }
  for (const { text, values } of findings) print(say(text, values))
  for (const each of broken) print(say(words.broken, each))
  const { otherRules, different } = 'different' in found ? found : { otherRules: [], different: [] }
  for (const register of otherRules) print(say(words.otherRules, { register }))
  for (const each of different) print(say(words.different, each))
  const isWhole = findings.length + broken.length + otherRules.length + different.length === 0
  if (isWhole && 'different' in found) print(say(words.same))
  return isWhole ? 0 : 1
}
