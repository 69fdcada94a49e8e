import { Page, Phrase, texts, usePage } from '#platform'
import type { WalkData } from './types.ts'
import type { Walks } from './walk/walk.rules.ts'
import { WalkTable } from './walk/walk-table.tsx'
import { words as shared } from './words.ts'

const words = texts({
  title: { en: 'Where the form leads people', 'zh-Hant': '表格的路徑' },
  lead: {
    en: 'A hundred made-up people answer the form at random. Nothing of it is kept.',
    'zh-Hant': '一百名虛構的人隨機回答表格，內容不會保存。',
  },
  faults: {
    en: 'Put right first what the overview lists: {count}.',
    'zh-Hant': '請先更正概覽所列的 {count} 項。',
  },
  none: { en: 'This service has no form.', 'zh-Hant': '這項服務沒有表格。' },
  others: { en: 'Another hundred', 'zh-Hant': '另外一百人' },
})

/** What became of made-up people in a form. */
export function WalkPage({ service, title, seed, walks, faults }: WalkData) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const ways = [
    { text: say(shared.designer), path: '/office/services/design' },
    { text: say(title), path: own },
  ]
  return (
    <Page title={`${say(words.title)} – ${say(title)}`} wide breadcrumbs={ways}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {walks ? (
        <>
          <WalkTable walks={walks as Walks} />
          <p>
            <a href={href(`${own}/walk?seed=${seed + 1}`)}>{say(words.others)}</a>
          </p>
        </>
      ) : (
        <p class="empty">{faults > 0 ? say(words.faults, { count: faults }) : say(words.none)}</p>
      )}
    </Page>
  )
}
