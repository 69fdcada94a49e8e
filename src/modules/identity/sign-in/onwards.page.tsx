import { Page, Phrase, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'On to the next page', 'zh-Hant': '正在前往下一頁' },
  line: { en: 'If nothing happens, go on yourself.', 'zh-Hant': '如沒有自動前往，請按以下連結。' },
  go: { en: 'Go on', 'zh-Hant': '繼續' },
})

/** Seen for a moment, between an answer and the site to which it leads. */
export function OnwardsPage({ url }: { url: string }) {
  const { say } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p>{say(words.line)}</p>
      <p>
        <a href={url}>{say(words.go)}</a>
      </p>
    </Page>
  )
}
