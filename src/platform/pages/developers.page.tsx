import { Page } from '../components/page/page.tsx'
import { Table } from '../components/table/table.tsx'
import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'
import { pageNames } from '../page-names.ts'

const words = texts({
  lead: {
    en: 'Every page of this site is also data: add .json to its address, or ask for application/json. The whole interface, as OpenAPI 3.1, is at',
    'zh-Hant':
      '本網站每一頁都有數據版本：在網址後加上 .json，或以 application/json 提出要求。整套介面的 OpenAPI 3.1 文件載於',
  },
  connect: { en: 'Connect a service: your clients', 'zh-Hant': '接入服務：你的客戶端' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  scope: { en: 'Scope of a token', 'zh-Hant': '權杖的權限範圍' },
  does: { en: 'What it does', 'zh-Hant': '用途' },
})

type Operation = { summary?: string; tags?: string[]; security?: { token?: string[] }[] }
type Document = {
  tags?: { name: string; description: string }[]
  paths?: Record<string, Record<string, Operation> | undefined>
}

/** The OpenAPI document as people read it: a table for each module. */
export function DevelopersPage({ document }: { document: object }) {
  const { say, href } = usePage()
  const { tags = [], paths = {} } = document as Document
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
  return (
    <Page title={say(pageNames.developers)} wide>
      <h1 class="heading-l">{say(pageNames.developers)}</h1>
      <p class="lead">
        {say(words.lead)} <a href="/developers/openapi.json">/developers/openapi.json</a>
      </p>
      <p>
        <a href={href('/developers/clients')}>{say(words.connect)}</a>
      </p>
      {tags.map(({ name, description }) => (
        <Table
          key={name}
          caption={[`${name}: `, <span lang="en">{description}</span>]}
          columns={[{ label: say(words.address) }, { label: say(words.does) }, { label: say(words.scope) }]}
          rows={all
            .filter((each) => each.tags?.includes(name))
            .map(({ method, path, summary, security = [] }) => ({
              cells: [
                <code>
                  {method} {breakable(path)}
                </code>,
                <span lang="en">{summary}</span>,
                <code>{security.flatMap(({ token }) => token ?? []).join(' ')}</code>,
              ],
            }))}
          narrow="stack"
        />
      ))}
    </Page>
  )
}

/** A narrow screen breaks an address before a slash, not inside a word. */
const breakable = (path: string) => path.split(/(?=\/)/).map((part) => [<wbr key={part} />, part])
