import { type Command, recordAct, texts } from '#platform'
import { openCustody, publishedSeconds, rotateKeys } from './keys.sql.ts'

const words = texts({
  summary: {
    en: 'Lets the next keys sign tokens and makes new next ones. Nobody has to sign in again.',
    'zh-Hant': '改用下一組密鑰簽署權杖，並產生新的備用密鑰；使用者無須重新登入。',
  },
  atOnce: { en: 'even if the next keys were made just now', 'zh-Hant': '即使備用密鑰剛剛產生' },
  young: {
    en: 'The next keys were made less than {seconds} seconds ago, and some services may not know them yet. Wait as long, or add --at-once if a key may be known to others: then some logins may fail.',
    'zh-Hant':
      '備用密鑰產生不足 {seconds} 秒，部分服務可能尚未取得。請稍候再試；如密鑰可能已外洩，請加上 --at-once，但部分登入或會失敗。',
  },
  done: { en: 'Signing from now on: {kids}', 'zh-Hant': '由現在起用以簽署的密鑰：{kids}' },
})

/** For the operator, on a schedule or when a key may be known to others. */
export const rotateCommand: Command = {
  name: 'identity rotate-keys',
  summary: words.summary,
  options: { 'at-once': { about: words.atOnce } },
  run: ({ options, withInstallation, print, warn, say }) =>
    withInstallation(async ({ sql, vault }) => {
      const kids = await rotateKeys(sql, openCustody(vault), options['at-once'] ? 0 : publishedSeconds)
      if (!kids) {
        warn(say(words.young, { seconds: publishedSeconds }))
        return 1 as const
      }
      await recordAct(sql, 'system', {
        event: 'identity.keys-rotated',
        subject: 'id/jwks',
        detail: { kids: kids.join(' ') },
      })
      print(say(words.done, { kids: kids.join(' ') }))
      return 0 as const
    }),
}
