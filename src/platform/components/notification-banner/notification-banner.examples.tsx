import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { NotificationBanner } from './notification-banner.tsx'

const words = texts({
  imported: { en: 'Imported', 'zh-Hant': '已匯入' },
  importedText: {
    en: 'Head 47, 2023-24: 61 identities hold, none fails, 5 figures were derived.',
    'zh-Hant': '總目 47（2023-24 年度）：61 條等式相符，沒有不符，5 個數字由推算得出。',
  },
  lost: { en: 'One column of the source is lost', 'zh-Hant': '來源文件缺了一欄' },
  lostText: {
    en: 'The subhead table has no figures for 2023-24. Those shown here follow from other tables.',
    'zh-Hant': '分目表沒有 2023-24 年度的數字。這裏所示的數字由其他表推算得出。',
  },
})

export const examples: Example[] = (['good', 'warn'] as const).map((tone) => ({
  name: tone === 'good' ? 'An act is done' : 'To know before reading on',
  render: () => {
    const { say } = usePage()
    const [title, text] = tone === 'good' ? [words.imported, words.importedText] : [words.lost, words.lostText]
    return (
      <NotificationBanner title={say(title)} tone={tone} id={`banner-${tone}`}>
        <p>{say(text)}</p>
      </NotificationBanner>
    )
  },
}))
