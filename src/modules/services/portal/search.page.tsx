import { Page, Phrase, pageNames, Search, type SearchResult, texts, usePage } from '#platform'

const words = texts({
  titleFor: { en: 'Search: {text}', 'zh-Hant': '搜尋：{text}' },
  found: { en: '{count} found for “{text}”', 'zh-Hant': '「{text}」有 {count} 項結果' },
  none: {
    en: 'Nothing is found for “{text}”. Try fewer or other words, in any of the languages; amounts are not searched.',
    'zh-Hant': '找不到「{text}」。請減少或更換字詞，任何一種語文都可以；款額不在搜尋之列。',
  },
  ask: {
    en: 'Write what you want to do, as “open an account”, or the name of a Head, a programme, a line of the budget, an initiative or a system.',
    'zh-Hant': '請輸入想辦的事，例如「開立帳戶」，或總目、綱領、分目、計劃項目、系統的名稱。',
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
