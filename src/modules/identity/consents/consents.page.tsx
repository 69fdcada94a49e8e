import { type Static, Type } from 'typebox'
import { Button, Mark, Moment, Page, Phrase, pageNames, SummaryList, Text, texts, usePage } from '#platform'
import { Done } from '../done.tsx'

const words = texts({
  title: { en: 'What services are told', 'zh-Hant': '你同意提供的資料' },
  lead: {
    en: 'Each service is told what you agreed to here, and nothing else. You can take each agreement back; it ends at once.',
    'zh-Hant': '每項服務只會得到你在此同意提供的資料。你可撤回任何一項同意，即時生效。',
  },
  none: {
    en: 'You have agreed to nothing. When you sign in to a service, what it is told will be listed here.',
    'zh-Hant': '你沒有作出任何同意。登入服務後，該服務取得的資料會在這裏列出。',
  },
  counting: { en: 'Counts now', 'zh-Hant': '生效中' },
  noneCounts: { en: 'None of your agreements counts any more.', 'zh-Hant': '沒有生效中的同意。' },
  ended: { en: 'Ended', 'zh-Hant': '已終止' },
  since: { en: 'Agreed', 'zh-Hant': '同意時間' },
  until: { en: 'Ended', 'zh-Hant': '終止時間' },
  told: { en: 'Told', 'zh-Hant': '提供的資料' },
  left: { en: 'Left out', 'zh-Hant': '沒有提供的資料' },
  onlyNumber: { en: 'A number for you that only it knows', 'zh-Hant': '只供該服務使用的識別碼' },
  withProof: { en: '{field}, with who verified it', 'zh-Hant': '{field}（連同核實者）' },
  history: { en: 'When services were told something', 'zh-Hant': '資料提供紀錄' },
  at: { en: 'Where it is', 'zh-Hant': '網址' },
  message: { en: 'Words on both screens', 'zh-Hant': '雙方螢幕顯示的文字' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  receipt: { en: 'Receipt: what you agreed to, as you read it', 'zh-Hant': '收據：你所閱讀並同意的內容' },
  purpose: { en: 'For this purpose, in the service’s words', 'zh-Hant': '服務所述用途' },
  withdraw: { en: 'Take this back', 'zh-Hant': '撤回同意' },
  withdrawText: {
    en: 'From the next moment the service is told nothing more of you, and every sign-in that it kept ends. What it was told before, it has; ask the service itself to delete it.',
    'zh-Hant':
      '撤回後，該服務即時不能再取得你的資料，其保存的登入亦告失效。先前提供的資料仍由該服務持有，如要刪除，請向該服務提出。',
  },
})

const states: Readonly<Record<'counts' | 'withdrawn' | 'replaced' | 'expired', Text>> = texts({
  counts: { en: 'Counts', 'zh-Hant': '生效中' },
  withdrawn: { en: 'You took it back', 'zh-Hant': '已由你撤回' },
  replaced: { en: 'Replaced by a newer one', 'zh-Hant': '已由新的同意取代' },
  expired: { en: 'Expired', 'zh-Hant': '已到期' },
})

export const Labels = Type.Array(Type.Object({ field: Type.String(), label: Text, verified: Type.Boolean() }))
const Line = Type.Object({
  id: Type.String(),
  service: Text,
  origin: Type.String(),
  fields: Labels,
  givenAt: Type.String(),
  endedAt: Type.Union([Type.String(), Type.Null()]),
  state: Type.Enum(['counts', 'withdrawn', 'replaced', 'expired']),
})
type Line = Static<typeof Line>
type Labels = Static<typeof Labels>

export type ConsentsData = Static<typeof ConsentsData>
export const ConsentsData = Type.Object({ consents: Type.Array(Line) })

const path = '/account/consents'

export function ConsentsPage({ consents }: ConsentsData) {
  const { say, href } = usePage()
  const counting = consents.filter(({ state }) => state === 'counts')
  const ended = consents.filter(({ state }) => state !== 'counts')
  return (
    <Page title={say(words.title)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {consents.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <>
          <h2>{say(words.counting)}</h2>
          {counting.length === 0 ? <p>{say(words.noneCounts)}</p> : <Lines lines={counting} />}
        </>
      )}
      {ended.length > 0 && (
        <>
          <h2>{say(words.ended)}</h2>
          <Lines lines={ended} />
        </>
      )}
      <p>
        <a href={href('/account/sharing')}>{say(words.history)}</a>
      </p>
    </Page>
  )
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const { say, href } = usePage()
  return (
    <ul class="devices">
      {lines.map(({ id, service, origin, fields, givenAt, endedAt, state }) => (
        <li key={id}>
          <h3>
            <a href={href(`${path}/${id}`)}>{say(service)}</a>
          </h3>
          <p>
            <FieldNames fields={fields} />
          </p>
          <p class="devices__times">
            {origin} · {say(words.since)} <Moment at={givenAt} />
            {endedAt !== null && (
              <>
                {' '}
                · {say(states[state])} <Moment at={endedAt} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Fields by their labels, those that are told with their proof marked by words. */
export function FieldNames({ fields }: { fields: Labels }) {
  const { say, language } = usePage()
  if (fields.length === 0) return <>{say(words.onlyNumber)}</>
  const names = fields.map(({ label, verified }) => (verified ? say(words.withProof, { field: label }) : say(label)))
  return <>{names.join(language === 'en' ? '; ' : '、')}</>
}

export type ConsentData = Static<typeof ConsentData>
export const ConsentData = Type.Object({
  ...Line.properties,
  /** What was asked for and is not told. */
  left: Labels,
  sentences: Type.Array(Type.String()),
  /** In which the sentences were read. */
  language: Type.String(),
  purpose: Type.Union([Type.String(), Type.Null()]),
  /** The words that stood on the screen of the staff too, where they asked at a counter or on the phone. */
  message: Type.Union([Type.String(), Type.Null()]),
})

export function ConsentPage(consent: ConsentData) {
  const { say, href } = usePage()
  const { id, service, origin, fields, left, givenAt, endedAt, state, message } = consent
  return (
    <Page
      title={say(service)}
      breadcrumbs={[
        { path: '/account', text: say(pageNames.account) },
        { path, text: say(words.title) },
      ]}
    >
      <Done of={['consent-withdrawn']} />
      <h1>
        <Phrase text={say(service)} />
      </h1>
      <SummaryList
        rows={[
          {
            key: say(words.state),
            value: <Mark kind={state === 'counts' ? 'holds' : 'unchecked'}>{say(states[state])}</Mark>,
          },
          { key: say(words.at), value: origin },
          { key: say(words.since), value: <Moment at={givenAt} /> },
          ...(message === null ? [] : [{ key: say(words.message), value: message }]),
          ...(endedAt === null ? [] : [{ key: say(words.until), value: <Moment at={endedAt} /> }]),
          { key: say(words.told), value: <FieldNames fields={fields} /> },
          ...(left.length === 0 ? [] : [{ key: say(words.left), value: <FieldNames fields={left} /> }]),
        ]}
      />
      {state === 'counts' && (
        <form method="post" action={href(`${path}/${id}/withdraw`)}>
          <p>{say(words.withdrawText)}</p>
          <Button kind="harm">{say(words.withdraw)}</Button>
        </form>
      )}
      <Receipt {...consent} />
    </Page>
  )
}

type ReceiptData = Pick<ConsentData, 'sentences' | 'language' | 'purpose'>

/** The sentences in the language in which they were read. */
export function Receipt({ sentences, language, purpose }: ReceiptData) {
  const { say } = usePage()
  return (
    <>
      <h2 class="after-form">{say(words.receipt)}</h2>
      <ul lang={language}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {purpose !== null && (
        <>
          <h3>{say(words.purpose)}</h3>
          {purpose.split('\n').map((line) => (
            <p key={line}>{line}</p>
          ))}
        </>
      )}
    </>
  )
}
