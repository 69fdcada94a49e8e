import { Moment, NotificationBanner, Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import { words as ofKeys, useScopes } from './keys.page.tsx'
import type { IssuedData } from './types.ts'

const words = texts({
  title: { en: 'Keep this key now', 'zh-Hant': '請即保存密鑰' },
  once: {
    en: 'It is shown on this page alone. Put it where the program reads its secrets, never into its source. What is kept here of it opens nothing.',
    'zh-Hant': '密鑰只在本頁顯示。請存放於程式讀取機密之處，不要寫入原始碼。這裏保存的資料不能用以寫入日誌。',
  },
  send: { en: 'The program sends it as', 'zh-Hant': '程式以下列標頭送出' },
  former: {
    en: 'The key before goes on until the time below and then ends by itself. Bring the new one into every place where the program runs before that.',
    'zh-Hant': '舊密鑰在以下時間前仍然有效，其後自行失效。請在此之前於程式運行的每一處換上新密鑰。',
  },
  formerEnds: { en: 'The key before ends', 'zh-Hant': '舊密鑰失效' },
  kept: { en: 'I have kept it; to the key', 'zh-Hant': '我已保存，前往該密鑰' },
})

/** The answer to a form, and no page of its own: whoever opens the key later does not see the text. */
export function IssuedPage({ key, text, formerEndsAt, ...places }: IssuedData) {
  const { say, href } = usePage()
  const scopesOf = useScopes()
  return (
    <Page
      title={say(words.title)}
      breadcrumbs={officeCrumbs(say, { text: say(ofKeys.title), path: '/office/ledger/keys' })}
    >
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <NotificationBanner tone="warn" title={key.name}>
        <p>
          <code id="key-text">{text}</code>
        </p>
        <p>{say(words.once)}</p>
      </NotificationBanner>
      <SummaryList
        rows={[
          {
            key: say(words.send),
            value: <code>authorization: Bearer {text.slice(0, 24)}…</code>,
          },
          { key: say(ofKeys.scope), value: scopesOf(key.scopes, places) },
          { key: say(ofKeys.ends), value: <Moment at={key.expiresAt} /> },
          ...(formerEndsAt ? [{ key: say(words.formerEnds), value: <Moment at={formerEndsAt} /> }] : []),
        ]}
      />
      {formerEndsAt && <p>{say(words.former)}</p>}
      <p>
        <a href={href(`/office/ledger/keys/${key.id}`)}>{say(words.kept)}</a>
      </p>
    </Page>
  )
}
