import { Page, Phrase, pageNames, Search, type SearchResult, texts, usePage } from '#platform'

const words = texts({
  titleFor: { en: 'Search: {text}', 'zh-Hant': '搜尋：{text}' },
  found: { en: '{count} found for “{text}”', 'zh-Hant': '「{text}」有 {count} 項結果' },
  none: {
    en: 'Nothing is found for “{text}”. Try fewer or other words, in any of the languages.',
    'zh-Hant': '找不到「{text}」。請減少或更換字詞，任何一種語文都可以。',
  },
  ask: {
    en: 'Write what you look for: a service, a programme, a system, a number of the budget.',
    'zh-Hant': '請輸入想找的內容：服務、綱領、系統或預算分目。',
  },
})

export function SearchPage({ text, results }: { text: string; results: SearchResult[] }) {
  const { say, href } = usePage()
  return (
    <Page title={text ? say(words.titleFor, { text }) : say(pageNames.search)}>
      <h1>
        <Phrase text={say(pageNames.search)} />
      </h1>
      <Search value={text} large />
      {text && <p role="status">{say(results.length ? words.found : words.none, { text, count: results.length })}</p>}
      {!text && <p>{say(words.ask)}</p>}
      <ul class="results">
        {results.map((result) => (
          <li key={result.path}>
            <a href={href(result.path)}>{result.title}</a>
            <span class="muted">{say(result.kind)}</span>
            {result.excerpt && <p>{result.excerpt}</p>}
          </li>
        ))}
      </ul>
    </Page>
  )
}
