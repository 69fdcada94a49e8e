import { type Command, texts } from '#platform'
import { Fault } from '../faults.ts'
import type { Checkpoint } from '../notes/checkpoint.rules.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { noteBytesMax } from '../notes/note.rules.ts'
import { openByPolicy, type Policy, policyOfKey } from '../notes/policy.rules.ts'
import { endBy, nowAndThen, plainly, signersOf, signerWords } from '../told.ts'
import { checkLog, findingsMax } from './fsck.ts'
import { readAddress, readFolder, readWhole } from './read.ts'

const words = texts({
  summary: {
    en: 'Reads a whole log (C2SP tlog-tiles), computes it again, and says whether it is what its checkpoint says.',
    'zh-Hant': '讀取整個日誌（C2SP tlog-tiles）並重新計算，查核是否與其檢查點相符。',
  },
  where: {
    en: 'The folder of a log, or its address: https://…',
    'zh-Hant': '日誌所在的資料夾，或其網址：https://…',
  },
  key: { en: 'The verifier key of the log; it is needed', 'zh-Hant': '日誌的查核密鑰，必須提供' },
  since: {
    en: 'A checkpoint of before: the log must begin with what it had then',
    'zh-Hant': '先前的檢查點：日誌的開首須與當時相同',
  },
  keyMissing: {
    en: 'Say whose log it is: --key VKEY. Get the key from the log’s operator, not from the log.',
    'zh-Hant': '請指明日誌屬誰：--key VKEY。密鑰應向日誌營運者索取，不可取自日誌本身。',
  },
  reading: { en: 'Reading the log', 'zh-Hant': '正在讀取日誌' },
  read: { en: 'Checked {done} of {all} entries', 'zh-Hant': '已查核 {done} 個條目，共 {all} 個' },
  whole: {
    en: '{origin}: the log is whole. Each of its {size} entries and every hash over them lead to the root that it signed.',
    'zh-Hant': '{origin}：日誌完整。全部 {size} 個條目及其上各層雜湊值，均與已簽署的根相符。',
  },
  begins: {
    en: 'It begins with the {earlier} entries that it had before.',
    'zh-Hant': '日誌開首仍是先前的 {earlier} 個條目。',
  },
  wrong: {
    en: '{origin}: the log of {size} entries is wrong. Found: {count}.',
    'zh-Hant': '{origin}：載有 {size} 個條目的日誌有誤。發現：{count} 項。',
  },
  more: { en: 'And {count} more.', 'zh-Hant': '另有 {count} 項。' },
  stopped: {
    en: 'The rest was not looked at, as too much is wrong.',
    'zh-Hant': '錯誤過多，餘下部分未有查核。',
  },
})

/** `./praya ledger fsck WHERE --key VKEY`: 0 when the log is whole, 1 when it is not, 2 when nothing can be said of it. */
export const fsck: Command = {
  name: 'ledger fsck',
  summary: words.summary,
  arguments: [{ name: 'WHERE', about: words.where }],
  options: { key: { about: words.key, value: 'VKEY' }, since: { about: words.since, value: 'CHECKPOINT' } },
  async run({ arguments: [where = ''], options, progress, say, ...out }) {
    const print = plainly(out.print)
    if (typeof options.key !== 'string') {
      plainly(out.warn)(say(words.keyMissing))
      return 2
    }
    progress(say(words.reading))
    const reading = new AbortController()
    try {
      const policy = policyOfKey(parseVerifierKey(options.key))
      const since = typeof options.since === 'string' ? await openEarlier(options.since, policy) : undefined
      const { checkpoint, findings, isWhole, ...accepted } = await checkLog(
        /^https?:\/\//i.test(where) ? readAddress(where, { signal: reading.signal }) : readFolder(where),
        {
          policy,
          where,
          ...(since && { since }),
          onProgress: nowAndThen((done, all) => progress(say(words.read, { done: `${done}`, all: `${all}` }))),
        },
      )
      progress(undefined)
      const values = { origin: checkpoint.origin, size: `${checkpoint.size}` }
      if (findings.length === 0) {
        print(say(words.whole, values))
        if (since) print(say(words.begins, { earlier: `${since.size}` }))
        print(say(signerWords.signed, { names: signersOf(accepted.logs) }))
        return 0
      }
      print(say(words.wrong, { ...values, count: findings.length }))
      for (const { text, values } of findings.slice(0, findingsMax)) print(`  ${say(text, values)}`)
      if (findings.length > findingsMax) print(`  ${say(words.more, { count: findings.length - findingsMax })}`)
      if (!isWhole) print(`  ${say(words.stopped)}`)
      return 1
    } catch (error) {
      return endBy(error, { say, progress, warn: out.warn })
    } finally {
      reading.abort()
    }
  },
}

/** What is wrong with the checkpoint of before is not what is wrong with the log: its sentence names the file. */
async function openEarlier(path: string, policy: Policy): Promise<Checkpoint> {
  const bytes = await readWhole(path, noteBytesMax)
  try {
    return openByPolicy(bytes, policy).checkpoint
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault('of-file', { path, sentence: error.filled() })
  }
}
