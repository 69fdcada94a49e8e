import { Button, Moment, Page, Phrase, texts, usePage } from '#platform'
import type { BeginData } from './types.ts'

const own = texts({
  title: { en: 'Before you begin', 'zh-Hant': '開始之前' },
  drafts: { en: 'You have begun already', 'zh-Hant': '你已開始的申請' },
  draft: { en: 'Go on with the application of', 'zh-Hant': '繼續填寫以下日期開始的申請：' },
  changed: { en: 'last changed', 'zh-Hant': '最後更改' },
  inAccount: {
    en: 'What you type is kept in your account for {days} days after the last change, so that you can go on from any device.',
    'zh-Hant': '你輸入的內容會存於帳戶，由最後更改起保留 {days} 天，可在任何裝置繼續填寫。',
  },
  inBrowser: {
    en: 'What you type is kept for this browser, for {days} days after the last change.',
    'zh-Hant': '你輸入的內容會為這個瀏覽器保留，由最後更改起計 {days} 天。',
  },
  signIn: {
    en: 'Sign in first to keep it in your account, to go on from any device, and to be told there what was decided.',
    'zh-Hant': '先登入的話，內容會存於你的帳戶，可在任何裝置繼續填寫，並在帳戶收到決定。',
  },
  signInFirst: { en: 'Sign in and begin', 'zh-Hant': '登入並開始' },
  without: { en: 'Begin without signing in', 'zh-Hant': '不登入，直接開始' },
  begin: { en: 'Begin', 'zh-Hant': '開始' },
  another: { en: 'Begin another', 'zh-Hant': '另行開始' },
})

/** What to know before an application, what was begun before, and the button that begins one. */
export function BeginPage({ service, signIn, token, draftDays, drafts }: BeginData) {
  const { say, href, person } = usePage()
  const path = `/services/${service.id}/apply`
  const isKept = person !== undefined && signIn !== 'none'
  const offersSignIn = !person && signIn === 'possible'
  return (
    <Page
      title={`${say(own.title)} – ${say(service.title)}`}
      breadcrumbs={[{ text: say(service.title), path: `/services/${service.id}` }]}
    >
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      {drafts.length > 0 && (
        <>
          <h2>{say(own.drafts)}</h2>
          <ul>
            {drafts.map((draft) => (
              <li key={draft.path}>
                <a href={href(draft.path)}>
                  {say(own.draft)} <Moment at={draft.begunAt} />
                </a>
                <p class="muted">
                  {say(own.changed)} <Moment at={draft.changedAt} />
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{say(isKept ? own.inAccount : own.inBrowser, { days: draftDays })}</p>
      {offersSignIn && <p>{say(own.signIn)}</p>}
      <form method="post" action={href(path)}>
        <input type="hidden" name="token" value={token} />
        <div class="buttons">
          {offersSignIn && (
            <Button href={`/sign-in?next=${encodeURIComponent(href(path))}`}>{say(own.signInFirst)}</Button>
          )}
          <Button id="begin" {...((offersSignIn || drafts.length > 0) && { kind: 'second' as const })}>
            {say(offersSignIn ? own.without : drafts.length > 0 ? own.another : own.begin)}
          </Button>
        </div>
      </form>
    </Page>
  )
}
