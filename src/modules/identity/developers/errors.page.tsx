import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, Table, Text, texts, usePage } from '#platform'
import type { ClientError } from '../provider/clients.sql.ts'
import { shared } from './client-words.ts'
import { fixOf } from './errors.rules.ts'

const words = texts({
  title: { en: 'Refusals', 'zh-Hant': '被拒的要求' },
  of: { en: 'Refusals of {name}', 'zh-Hant': '{name}：被拒的要求' },
  lead: {
    en: 'The last hundred requests of this client that were refused, newest first. They hold what the specification says is wrong, and nothing of a person.',
    'zh-Hant': '這個客戶端最近被拒的一百項要求，新的在前。只記錄規格所指的錯誤，不含任何個人資料。',
  },
  none: {
    en: 'Nothing was refused yet. When a request of this client fails, its reason stands here a moment later.',
    'zh-Hant': '暫時沒有被拒的要求。如有要求失敗，原因會即時在此列出。',
  },
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
  errors.map((each) => ({ ...each, fix: fixOf(each) }))

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
      <ErrorTable id={id} errors={errors} />
    </Page>
  )
}

/** `officer` sees what went wrong, and leads nowhere: what to do is the developer's. */
export function ErrorTable({ id, errors, officer }: { id: string; errors: readonly ShownError[]; officer?: boolean }) {
  const { say, href } = usePage()
  if (errors.length === 0) return <p>{say(words.none)}</p>
  return (
    <Table
      caption={say(words.title)}
      captionHidden
      narrow="stack"
      columns={[words.when, words.where, words.what, words.remedy].map((text) => ({ label: say(text) }))}
      rows={errors.map(({ at, route, error, reason, request, fix }) => ({
        cells: [
          <Moment key="at" at={at} />,
          <code key="route" class="number">
            {route}
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
