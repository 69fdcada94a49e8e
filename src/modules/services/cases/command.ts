import { type Command, texts } from '#platform'
import { replayCases } from './replay.ts'

const words = texts({
  summary: {
    en: 'Folds the events of every case again and tells where a case stands otherwise than its events say.',
    'zh-Hant': '以每宗個案的事件重新推算狀況，並列出與現狀不符之處。',
  },
  differs: {
    en: '{reference}: {field} is {stands}, its events say {folded}',
    'zh-Hant': '{reference}：{field} 為 {stands}，按事件應為 {folded}',
  },
  good: { en: '{cases} cases stand as their events say.', 'zh-Hant': '{cases} 宗個案均與其事件相符。' },
  bad: { en: '{cases} cases, {differences} differences.', 'zh-Hant': '{cases} 宗個案，{differences} 處不符。' },
})

/** `./praya services replay` */
export const replay: Command = {
  name: 'services replay',
  summary: words.summary,
  run: ({ withInstallation, say, print, warn }) =>
    withInstallation(async (installation) => {
      const { cases, differences } = await replayCases(installation, ({ reference, field, stands, folded }) =>
        warn(
          say(words.differs, {
            reference,
            field,
            stands: JSON.stringify(stands),
            folded: JSON.stringify(folded) ?? '–',
          }),
        ),
      )
      print(say(differences === 0 ? words.good : words.bad, { cases, differences }))
      return differences === 0 ? 0 : 1
    }),
}
