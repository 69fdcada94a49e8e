import { Page } from '../components/page/page.tsx'
import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'

const words = texts({
  title: { en: 'For developers', 'zh-Hant': '給開發者' },
  lead: {
    en: 'Every page of this site is also data: add .json to its address, or ask for application/json. The whole interface, as OpenAPI 3.1, is at',
    'zh-Hant':
      '本網站每一頁都有資料版：在網址後加上 .json，或要求 application/json 便可。整個介面的 OpenAPI 3.1 文件在',
  },
  addresses: { en: 'Addresses', 'zh-Hant': '網址一覽' },
  method: { en: 'Method', 'zh-Hant': '方法' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  does: { en: 'What it does', 'zh-Hant': '用途' },
})

type Operation = { summary?: string; tags?: string[] }
type Paths = Record<string, Record<string, Operation> | undefined>

/** The OpenAPI document as a table that people read. */
export function DevelopersPage({ document }: { document: object }) {
  const { say } = usePage()
  const paths = ((document as { paths?: Paths }).paths ?? {}) as Paths
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({ path, method, summary: operation.summary ?? '' })),
  )
  return (
    <Page title={say(words.title)} wide>
      <h1 class="heading-l">{say(words.title)}</h1>
      <p class="lead">
        {say(words.lead)} <a href="/developers/openapi.json">/developers/openapi.json</a>
      </p>
      <table class="table">
        <caption>{say(words.addresses)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.method)}</th>
            <th scope="col">{say(words.address)}</th>
            <th scope="col">{say(words.does)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, method, summary }) => (
            <tr key={`${method} ${path}`}>
              <td>
                <code>{method.toUpperCase()}</code>
              </td>
              <td>
                <code>{path}</code>
              </td>
              <td lang="en">{summary}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Page>
  )
}
