import { type Command, texts } from '#platform'
import { overlapOf, overlapOptions } from '../ceremonies/overlap.ts'
import { Fault } from '../faults.ts'
import { endBy, noLog, plainly } from '../told.ts'
import { rotateKeys } from './rotate.ts'

const words = texts({
  summary: {
    en: 'Gives a log new keys. The old ones sign beside them for a while and then retire by themselves.',
    'zh-Hant': '為日誌更換密鑰；舊密鑰在一段時間內同時簽署，其後自行停用。',
  },
  log: { en: 'The name of the log', 'zh-Hant': '日誌名稱' },
  rotated: {
    en: 'From now on {log} signs with these keys too. Give them to whoever checks it, and to each witness: ./praya ledger witness add VKEY',
    'zh-Hant': '由現在起，{log} 亦以下列密鑰簽署。請交給查核日誌的人及各見證者：./praya ledger witness add VKEY',
  },
  lostNow: {
    en: 'From now on {log} signs with these keys alone. Tell whoever checks it that the old ones were lost. A witness refuses until its operator adds a new one (./praya ledger witness add VKEY) and takes the old ones away (./praya ledger witness remove VKEY).',
    'zh-Hant':
      '由現在起，{log} 只以下列密鑰簽署。請通知查核日誌的人舊密鑰已報失。各見證者須由其營運者加入新密鑰（./praya ledger witness add VKEY）並移除舊密鑰（./praya ledger witness remove VKEY），才會再次加簽。',
  },
})

/** `./praya ledger rotate-keys LOG [--lost] [--days N]`: 0 when it was done, 2 where there is no such log. */
export const rotateCommand: Command = {
  name: 'ledger rotate-keys',
  summary: words.summary,
  arguments: [{ name: 'LOG', about: words.log }],
  options: overlapOptions,
  run: ({ arguments: [name = ''], options, withInstallation, say, ...out }) =>
    withInstallation(async (installation) => {
      const print = plainly(out.print)
      const overlap = overlapOf(options)
      if (overlap instanceof Fault) return endBy(overlap, { say, ...out })
      const { sql } = installation
      const done = await sql.begin((transaction) =>
        rotateKeys(transaction, installation, 'system', { name, ...overlap }),
      )
      if (!done) return endBy(await noLog(sql, name), { say, ...out })
      print(say(overlap.lost ? words.lostNow : words.rotated, { log: name }))
      for (const vkey of done.made) print(vkey)
      return 0
    }),
}
