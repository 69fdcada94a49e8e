import { FigureBoard } from '../components/figure-board/figure-board.tsx'
import { Page } from '../components/page/page.tsx'
import type { Reading } from '../figures.ts'
import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'

const words = texts({
  title: { en: 'Figures of this installation', 'zh-Hant': '本系統的即時數字' },
  lead: {
    en: 'Each number is computed now, from what this installation holds. Follow one to see what it is made of.',
    'zh-Hant': '每個數字都由本系統現存的資料即時算出。選取數字，可看其來源。',
  },
})

export function FiguresPage({ figures }: { figures: Reading[] }) {
  const { say } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1 class="heading-l">{say(words.title)}</h1>
      <p class="lead">{say(words.lead)}</p>
      <FigureBoard figures={figures} />
    </Page>
  )
}
