import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, pageNames, SummaryList, Text, texts, usePage } from '#platform'
import { FieldNames, Labels, Receipt } from './consents.page.tsx'

const words = texts({
  title: { en: 'When services were told something', 'zh-Hant': '資料提供紀錄' },
  lead: {
    en: 'Every time a service was told fields of yours: when, which, and how. It is kept for 24 months. What the fields said is not kept here.',
    'zh-Hant': '列出服務每次取得你的資料的時間、項目和方式，保存 24 個月。紀錄不包括資料內容。',
  },
  none: {
    en: 'No service was told any of your fields yet. Each time one is, a line will stand here.',
    'zh-Hant': '暫時沒有服務取得你的資料。每次提供資料後，這裏會加上一項紀錄。',
  },
  earlier: { en: 'Earlier', 'zh-Hant': '較早的紀錄' },
  consents: { en: 'What services are told, and how to stop it', 'zh-Hant': '查看或撤回你的同意' },
  receipt: { en: 'Receipt', 'zh-Hant': '收據' },
  form: { en: 'A form for {service}', 'zh-Hant': '為{service}填寫的表格' },
  told: { en: 'Told', 'zh-Hant': '提供的資料' },
  agreed: { en: 'Agreed', 'zh-Hant': '同意時間' },
  at: { en: 'Where it is', 'zh-Hant': '網址' },
  collected: { en: 'Collected by the service', 'zh-Hant': '服務收取時間' },
  notCollected: { en: 'Not collected, so nothing was told', 'zh-Hant': '未曾收取，因此資料沒有提供' },
  anonymous: {
    en: 'The service was told these values alone: no number for you, and nothing of your account.',
    'zh-Hant': '服務只取得這些資料，並不知道你的識別碼和帳戶。',
  },
})

const ways: Readonly<Record<'sign-in' | 'refresh' | 'filling', Text>> = texts({
  'sign-in': { en: 'when you signed in', 'zh-Hant': '登入時' },
  refresh: { en: 'when it asked again', 'zh-Hant': '服務再次取用時' },
  filling: { en: 'by a form, without your account', 'zh-Hant': '以表格提供，不涉及帳戶' },
})

const Line = Type.Object({
  id: Type.String(),
  service: Text,
  way: Type.Enum(['sign-in', 'refresh', 'filling']),
  fields: Labels,
  at: Type.String(),
  collectedAt: Type.Union([Type.String(), Type.Null()]),
})

export type SharingData = Static<typeof SharingData>
export const SharingData = Type.Object({
  lines: Type.Array(Line),
  /** Where the page before this one in time begins. */
  next: Type.Union([Type.String(), Type.Null()]),
})

const path = '/account/sharing'

export function SharingsPage({ lines, next }: SharingData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {lines.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <ul class="devices">
          {lines.map(({ id, service, way, fields, at, collectedAt }) => (
            <li key={id}>
              <h2>{say(service)}</h2>
              <p>
                <FieldNames fields={fields} />
              </p>
              <p class="devices__times">
                <Moment at={at} /> · {say(ways[way])}
                {collectedAt === null && ` · ${say(words.notCollected)}`}
              </p>
              {way === 'filling' && (
                <p>
                  <a href={href(`${path}/${id}`)}>
                    {say(words.receipt)}
                    <span class="visually-hidden"> {say(service)}</span>
                  </a>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <p>
          <a href={href(`${path}?before=${next}`)}>{say(words.earlier)}</a>
        </p>
      )}
      <p>
        <a href={href('/account/consents')}>{say(words.consents)}</a>
      </p>
    </Page>
  )
}

export type SharingReceipt = Static<typeof SharingReceipt>
export const SharingReceipt = Type.Object({
  ...Line.properties,
  origin: Type.String(),
  sentences: Type.Array(Type.String()),
  language: Type.String(),
  purpose: Type.Union([Type.String(), Type.Null()]),
})

/** What was agreed to once, by a form. */
export function ReceiptPage(receipt: SharingReceipt) {
  const { service, origin, fields, at, collectedAt } = receipt
  const { say } = usePage()
  const title = say(words.form, { service })
  return (
    <Page
      title={title}
      breadcrumbs={[
        { path: '/account', text: say(pageNames.account) },
        { path, text: say(words.title) },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.anonymous)}</p>
      <SummaryList
        rows={[
          { key: say(words.at), value: origin },
          { key: say(words.agreed), value: <Moment at={at} /> },
          {
            key: say(words.collected),
            value: collectedAt === null ? say(words.notCollected) : <Moment at={collectedAt} />,
          },
          { key: say(words.told), value: <FieldNames fields={fields} /> },
        ]}
      />
      <Receipt {...receipt} />
    </Page>
  )
}
