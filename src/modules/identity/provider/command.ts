import { type Command, recordAct, texts } from '#platform'
import { openCustody, rotateKeys } from './keys.sql.ts'

const words = texts({
  summary: {
    en: 'Lets the next keys sign tokens and makes new next ones. Nobody has to sign in again.',
    'zh-Hant': '改用下一組密鑰簽署權杖，並產生新的備用密鑰；使用者無須重新登入。',
  },
  done: { en: 'Signing from now on: {kids}', 'zh-Hant': '由現在起用以簽署的密鑰：{kids}' },
})

/** For the operator, on a schedule or when a key may be known to others. */
export const rotateCommand: Command = {
  name: 'identity rotate-keys',
  summary: words.summary,
  run: ({ withInstallation, print, say }) =>
    withInstallation(async ({ sql, vault }) => {
      const kids = await rotateKeys(sql, openCustody(vault))
      await recordAct(sql, 'system', {
        event: 'identity.keys-rotated',
        subject: 'id/jwks',
        detail: { kids: kids.join(' ') },
      })
      print(say(words.done, { kids: kids.join(' ') }))
      return 0 as const
    }),
}
