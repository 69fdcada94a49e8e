import { Page, Phrase, Table, texts, usePage } from '#platform'
import type { ResultsData } from './types.ts'
import { shared } from './words.ts'

const words = texts({
  title: { en: 'Results of {edition}', 'zh-Hant': '{edition} 年結果' },
  winners: { en: 'Winners', 'zh-Hant': '得獎名單' },
  none: { en: 'Nobody won this time.', 'zh-Hant': '今屆沒有得獎者。' },
})

export const resultsWords = words

export function ResultsPage({ service, edition, streams }: ResultsData) {
  const { say } = usePage()
  const title = say(words.title, { edition: String(edition) })
  return (
    <Page
      title={`${title} – ${say(service.title)}`}
      breadcrumbs={[{ text: say(service.title), path: `/services/${service.id}` }]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      {streams.length === 0 && <p class="empty">{say(words.none)}</p>}
      {streams.map(({ title, winners }, at) => (
        <Table
          key={at}
          caption={title ? say(title) : say(words.winners)}
          narrow="stack"
          columns={[{ label: say(shared.entry) }, { label: say(shared.rank), numeric: true }]}
          rows={winners.map(({ rank, name }) => ({ cells: [say(name), rank] }))}
        />
      ))}
    </Page>
  )
}
