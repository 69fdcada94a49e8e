import { Page } from '../components/page/page.tsx'
import { SummaryList } from '../components/summary-list/summary-list.tsx'
import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'

const words = texts({
  request: { en: 'Request number', 'zh-Hant': '要求編號' },
  list: { en: 'See the list', 'zh-Hant': '查看一覽' },
  others: { en: 'Sign in as another person of this demonstration', 'zh-Hant': '以示範系統的另一人物登入' },
  home: { en: 'Go to the home page', 'zh-Hant': '返回主頁' },
  kind: { en: 'What kind of problem this is', 'zh-Hant': '這類問題的詳情' },
  code: { en: 'Code', 'zh-Hant': '代號' },
  status: { en: 'HTTP status', 'zh-Hant': 'HTTP 狀態碼' },
})

/** RFC 9457, §3.1. */
export type ProblemBody = { type: string; title: string; status: number; instance: string }

/** What a person sees instead of `application/problem+json`. */
export function ProblemPage(body: ProblemBody) {
  const { say, href, path, demonstration } = usePage()
  // Above what a module does not have stands the list of what it has.
  const [, list] = body.status === 404 && !/platform\./.test(body.type) ? (/^(\/[^/?]+)\//.exec(path) ?? []) : []
  // What happened, then what to do.
  const [, happened = body.title, advice] = /^(.*?(?:。|[.](?=\s)))\s*(.+)$/u.exec(body.title) ?? []
  return (
    <Page title={body.title} error>
      <h1 class="heading-l">{happened.replace(/[。.]$/, '')}</h1>
      {advice && <p class="lead">{advice}</p>}
      {list && (
        <p>
          <a href={href(list)}>{say(words.list)}</a>
        </p>
      )}
      {demonstration && body.type.endsWith('platform.not-allowed') && (
        <p>
          <a href={href('/sign-in')}>{say(words.others)}</a>
        </p>
      )}
      <p>
        <a href={href('/')}>{say(words.home)}</a>
      </p>
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
