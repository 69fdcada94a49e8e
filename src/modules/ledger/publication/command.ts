import { type Command, recordAct, texts } from '#platform'
import { Fault } from '../faults.ts'
import { readWhole } from '../fsck/read.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { decodeUtf8 } from '../notes/encoding.rules.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { parsePolicy, policyBytesMax } from '../notes/policy.rules.ts'
import { endBy, noLog, plainly } from '../told.ts'
import { findPolicy, insertPolicy } from './policies.sql.ts'

const words = texts({
  summary: {
    en: 'Prints the policy of a log, or sets it: who must cosign a checkpoint before it is served (C2SP tlog-policy).',
    'zh-Hant': '顯示或設定日誌的信任政策：檢查點提供前須由誰加簽（C2SP tlog-policy）。',
  },
  log: { en: 'The name of the log', 'zh-Hant': '日誌名稱' },
  file: { en: 'The policy to set', 'zh-Hant': '要設定的信任政策檔案' },
  none: {
    en: '{log} asks for no witness. Keep these lines in a file, fill in witnesses and a quorum, and set it: ./praya ledger policy {log} FILE',
    'zh-Hant':
      '{log} 沒有要求見證者。請把以下各行存成檔案，填上見證者及法定數目，再以 ./praya ledger policy {log} FILE 設定：',
  },
  set: {
    en: 'From now on a checkpoint of {log} is served once its quorum has cosigned it.',
    'zh-Hant': '由現在起，{log} 的檢查點須達法定數目加簽後才提供。',
  },
})

/** `./praya ledger policy LOG [FILE]`: 0 when it was printed or set, 2 where there is no such log or the file is no policy for it. */
export const policyCommand: Command = {
  name: 'ledger policy',
  summary: words.summary,
  arguments: [
    { name: 'LOG', about: words.log },
    { name: 'FILE', about: words.file, optional: true },
  ],
  run: ({ arguments: [name = '', path], withInstallation, say, ...out }) =>
    withInstallation(async ({ sql }) => {
      const print = plainly(out.print)
      try {
        const log = await findLog(sql, name)
        if (!log) throw await noLog(sql, name)
        const vkeys = (await listLogKeys(sql, log.id)).map(({ vkey }) => vkey)
        if (path === undefined) {
          const set = await findPolicy(sql, log.id)
          // Not among the lines, which are to be kept in a file.
          if (!set) plainly(out.warn)(say(words.none, { log: name }))
          const begun = [...vkeys.map((vkey) => `log ${vkey}`), ...form]
          for (const line of set ? set.text.trimEnd().split('\n') : begun) print(line)
          return 0
        }
        const bytes = await readWhole(path, policyBytesMax)
        const { logs } = parsePolicy(bytes)
        if (!logs.some(({ key }) => vkeys.includes(printVerifierKey(key))))
          throw new Fault('policy-no-key', { log: name })
        const text = decodeUtf8(bytes)
        if (text === undefined) throw new Fault('policy-utf8')
        await sql.begin(async (transaction) => {
          await insertPolicy(transaction, log.id, text)
          await recordAct(transaction, 'system', { event: 'ledger.policy-set', subject: `log/${name}` })
        })
        print(say(words.set, { log: name }))
        return 0
      } catch (error) {
        return endBy(error, { say, ...out })
      }
    }),
}

/** C2SP tlog-policy: what a policy holds beside its logs, to be filled in. */
const form = ['# witness NAME KEY ADDRESS', '# group NAME all|any|NUMBER MEMBER MEMBER', '# quorum NAME']
