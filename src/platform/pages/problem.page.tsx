import { Page } from '../components/page/page.tsx'
import { SummaryList } from '../components/summary-list/summary-list.tsx'
import { type Text, texts } from '../languages.ts'
import { usePage } from '../page.tsx'

const words = texts({
  request: { en: 'Request number', 'zh-Hant': '要求編號' },
  list: { en: 'See the list', 'zh-Hant': '查看一覽' },
  back: { en: 'Go back to the page', 'zh-Hant': '返回該頁' },
  others: { en: 'Sign in as another person of this demonstration', 'zh-Hant': '以示範系統的另一人物登入' },
  home: { en: 'Go to the home page', 'zh-Hant': '返回主頁' },
  kind: { en: 'What kind of problem this is', 'zh-Hant': '這類問題的詳情' },
  code: { en: 'Code', 'zh-Hant': '代號' },
  status: { en: 'HTTP status', 'zh-Hant': 'HTTP 狀態碼' },
})

/** RFC 9457, §3.1. */
export type ProblemBody = { type: string; title: string; status: number; instance: string }

/** A page from which one goes on: the list of what there is, or the form that was sent. */
export type Above = { path: string; list: boolean }

/** What a person sees instead of `application/problem+json`. */
export function ProblemPage({ above, ...body }: ProblemBody & { above: Above | undefined }) {
  const { say, href, demonstration } = usePage()
  // What happened, then what to do.
  const [, happened = body.title, advice] = /^(.*?(?:。|[.](?=\s)))\s*(.+)$/u.exec(body.title) ?? []
  const links: (readonly [string, Text])[] = [['/', words.home]]
  if (demonstration && body.type.endsWith('platform.not-allowed')) links.unshift(['/sign-in', words.others])
  if (above) links.unshift([above.path, above.list ? words.list : words.back])
  return (
    <Page title={body.title} error>
      <h1 class="heading-l">{happened.replace(/[。.]$/, '')}</h1>
      {advice && <p class="lead">{advice}</p>}
      {links.map(([path, text]) => (
        <p key={path}>
          <a href={href(path)}>{say(text)}</a>
        </p>
      ))}
      <p class="muted">
        {say(words.request)} <code>{body.instance}</code>
      </p>
    </Page>
  )
}

/** The page that a problem's `type` leads to. */
export function ProblemKindPage(kind: { code: string; status: number; title: string }) {
  const { say } = usePage()
  return (
    <Page title={kind.code}>
      <h1 class="heading-l">{say(words.kind)}</h1>
      <p>{kind.title}</p>
      <SummaryList
        rows={[
          { key: say(words.code), value: <code>{kind.code}</code> },
          { key: say(words.status), value: kind.status },
        ]}
      />
    </Page>
  )
}
