import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, Table, Text, texts, usePage } from '#platform'
import type { ClientError } from '../provider/clients.sql.ts'
import { shared } from './client-words.ts'
import { fixOf, isByPerson, nameOfRoute } from './errors.rules.ts'

const words = texts({
  title: { en: 'Refusals', 'zh-Hant': '被拒的要求' },
  of: { en: 'Refusals of {name}', 'zh-Hant': '{name}：被拒的要求' },
  lead: {
    en: 'What was refused of this client, newest first: the last hundred that were proven, and of the others the last fifty of each error. They hold what the specification says is wrong, and nothing of a person.',
    'zh-Hant':
      '這個客戶端被拒的要求，新的在前：最近一百項已核實的；其他的，每類錯誤最近五十項。只記錄規格所指的錯誤，不含任何個人資料。',
  },
  none: {
    en: 'Nothing was refused yet. When a request of this client fails, its reason stands here a moment later.',
    'zh-Hant': '暫時沒有被拒的要求。如有要求失敗，原因會即時在此列出。',
  },
  proven: {
    en: 'Proven to come from the service itself, or from the browser of its developer',
    'zh-Hant': '已核實由服務本身或其開發者的瀏覽器送出',
  },
  people: {
    en: 'What people answered: they did not agree, or do not reach a level',
    'zh-Hant': '使用者的回應：不同意，或未達所需級別',
  },
  unproven: { en: 'Sent in the name of this client, without proof', 'zh-Hant': '以這個客戶端的名義送出，未有證明' },
  anybody: {
    en: 'Anybody can send these, as the name of a client is public. A wrong secret or address of the service itself stands here too.',
    'zh-Hant': '客戶端的名稱是公開的，任何人都可送出這些要求。服務本身的密碼或網址有誤，也在此列出。',
  },
  more: { en: 'and {count} more like this', 'zh-Hant': '另有 {count} 項相同' },
  when: { en: 'When', 'zh-Hant': '時間' },
  where: { en: 'Where', 'zh-Hant': '位置' },
  what: { en: 'What was refused', 'zh-Hant': '拒絕原因' },
  remedy: { en: 'What to do', 'zh-Hant': '處理方法' },
  unknown: {
    en: 'Look the error up in the specification. If it is not clear, give us the request number.',
    'zh-Hant': '請在規格查閱這項錯誤。如仍不清楚，請提供要求編號。',
  },
  request: { en: 'Request {request}', 'zh-Hant': '要求編號 {request}' },
  change: { en: 'Change its addresses', 'zh-Hant': '更改網址' },
  secret: { en: 'Make a new secret', 'zh-Hant': '另建密碼' },
  keys: { en: 'See its keys', 'zh-Hant': '查看密鑰' },
  approval: { en: 'Ask for approval', 'zh-Hant': '申請批准' },
})

export const ShownError = Type.Object({
  at: Type.String(),
  route: Type.String(),
  error: Type.String(),
  reason: Type.String(),
  request: Type.Union([Type.String(), Type.Null()]),
  proven: Type.Boolean(),
  /** It is what a person answered, whoever led them there. */
  byPerson: Type.Boolean(),
  count: Type.Integer(),
  fix: Type.Union([
    Type.Object({
      text: Text,
      at: Type.Union([Type.Enum(['change', 'secret', 'keys', 'approval']), Type.Null()]),
    }),
    Type.Null(),
  ]),
})
type ShownError = Static<typeof ShownError>

export const shownErrors = (errors: readonly ClientError[]): ShownError[] =>
  errors.map((each) => ({ ...each, byPerson: isByPerson(each), fix: fixOf(each) }))

/** Of the proven and of the others. */
export const latestOfEach = (errors: readonly ClientError[], max: number): ClientError[] => [
  ...errors.filter(({ proven }) => proven).slice(0, max),
  ...errors.filter(({ proven }) => !proven).slice(0, max),
]

export type ErrorsData = Static<typeof ErrorsData>
export const ErrorsData = Type.Object({ id: Type.String(), name: Text, errors: Type.Array(ShownError) })

export function ErrorsPage({ id, name, errors }: ErrorsData) {
  const { say } = usePage()
  const title = say(words.of, { name })
  const crumbs = [
    { text: say(shared.clients), path: '/developers/clients' },
    { text: say(name), path: `/developers/clients/${id}` },
  ]
  return (
    <Page title={title} breadcrumbs={crumbs} wide>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ErrorTables id={id} errors={errors} />
    </Page>
  )
}

type Listed = { id: string; errors: readonly ShownError[]; officer?: boolean }

/** `officer` sees what went wrong, and leads nowhere: what to do is the developer's. */
export function ErrorTables({ errors, ...rest }: Listed) {
  const { say } = usePage()
  if (errors.length === 0) return <p>{say(words.none)}</p>
  const people = errors.filter((each) => each.byPerson)
  const [proven, others] = [true, false].map((proof) =>
    errors.filter((each) => !each.byPerson && each.proven === proof),
  )
  return (
    <>
      {proven!.length > 0 && <ErrorTable caption={say(words.proven)} errors={proven!} {...rest} />}
      {people.length > 0 && <ErrorTable caption={say(words.people)} errors={people} {...rest} />}
      {others!.length > 0 && (
        <>
          <ErrorTable caption={say(words.unproven)} errors={others!} {...rest} />
          <p>{say(words.anybody)}</p>
        </>
      )}
    </>
  )
}

function ErrorTable({ id, caption, errors, officer }: Listed & { caption: string }) {
  const { say, href } = usePage()
  return (
    <Table
      caption={caption}
      narrow="stack"
      columns={[words.when, words.where, words.what, words.remedy].map((text) => ({ label: say(text) }))}
      rows={errors.map(({ at, route, error, reason, request, count, fix }) => ({
        cells: [
          <div key="at">
            <Moment at={at} />
            {count > 1 && <small class="request-number">{say(words.more, { count: count - 1 })}</small>}
          </div>,
          <code key="route" class="number">
            {nameOfRoute(route)}
          </code>,
          <div key="what" lang="en">
            <strong>{error}</strong>: {reason}
            {request && <small class="request-number">{say(words.request, { request })}</small>}
          </div>,
          <div key="remedy">
            {say(fix?.text ?? words.unknown)}
            {fix?.at && !officer && (
              <>
                {' '}
                <a href={href(`/developers/clients/${id}/${fix.at}`)}>{say(words[fix.at])}</a>
              </>
            )}
          </div>,
        ],
      }))}
    />
  )
}
