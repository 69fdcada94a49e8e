import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Moment, Page, Phrase, Radios, SummaryList, Table, Text, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'

const words = texts({
  declaredTitle: { en: 'Companies to verify', 'zh-Hant': '待核實的公司' },
  declaredLead: {
    en: 'Compare the number and the name with the register before you verify. Of several with one number, one can be verified.',
    'zh-Hant': '請先與登記冊核對號碼和名稱，再確認核實。同一號碼只可核實一間。',
  },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  since: { en: 'Declared', 'zh-Hant': '申報時間' },
  act: { en: 'What you can do', 'zh-Hant': '可進行的操作' },
  verify: { en: 'It agrees with the register', 'zh-Hant': '與登記冊相符' },
  none: {
    en: 'Nothing waits. What people register will be listed here.',
    'zh-Hant': '暫時沒有。新登記的公司會列於此處。',
  },
  refuse: { en: 'It does not agree', 'zh-Hant': '與登記冊不符' },
  refuseTitle: { en: 'It does not agree with the register', 'zh-Hant': '與登記冊不符' },
  refuseLead: {
    en: 'Whoever registered it reads why, and corrects or withdraws it.',
    'zh-Hant': '登記人會得知原因，並可更正或撤回登記。',
  },
  number: { en: 'Number', 'zh-Hant': '號碼' },
  why: { en: 'Why', 'zh-Hant': '原因' },
  missing: { en: 'Choose why.', 'zh-Hant': '請選擇原因。' },
  tell: { en: 'Tell them why', 'zh-Hant': '告知登記人' },
  other: { en: 'Ask the office that looked at it.', 'zh-Hant': '請向核對的人員查詢。' },
})

/** Why a registration was refused, as its owner reads it and an officer chooses it. */
export const refusalReasons: Readonly<Record<string, Text>> = texts({
  'number-unknown': { en: 'The register has no such number.', 'zh-Hant': '登記冊沒有這個號碼。' },
  'name-differs': {
    en: 'Under this number the register has another name.',
    'zh-Hant': '登記冊上這個號碼屬另一名稱。',
  },
  'not-active': {
    en: 'The register says that it was dissolved or struck off.',
    'zh-Hant': '登記冊顯示已解散或除名。',
  },
  'not-yours': {
    en: 'The register does not show that whoever registered it may act for it.',
    'zh-Hant': '登記冊未顯示登記人可代其行事。',
  },
})

export const reasonOf = (reason: string): Text => refusalReasons[reason] ?? words.other

const Declared = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['company', 'association']),
  name: Text,
  number: Type.String(),
  declaredAt: Type.String(),
})
export const DeclaredData = Type.Object({ organisations: Type.Array(Declared) })

export type RefuseData = Static<typeof RefuseData>
export const RefuseData = Type.Object({ organisation: Declared, wrong: Type.Boolean() })

export function DeclaredPage({ organisations }: Static<typeof DeclaredData>) {
  const { say, href } = usePage()
  const columns = [words.name, words.number, words.since, words.act]
  return (
    <Page title={say(words.declaredTitle)} breadcrumbs={accountCrumbs(say)} wide>
      <Done of={['organisation-verified', 'organisation-refused']} />
      <h1>
        <Phrase text={say(words.declaredTitle)} />
      </h1>
      <p class="lead">{say(organisations.length > 0 ? words.declaredLead : words.none)}</p>
      {organisations.length > 0 && (
        <Table
          caption={say(words.declaredTitle)}
          captionHidden
          sticky
          narrow="stack"
          columns={columns.map((label) => ({ label: say(label) }))}
          rows={organisations.map(({ id, name, number, declaredAt }) => ({
            cells: [
              say(name),
              number,
              <Moment key="since" at={declaredAt} />,
              <div key="act" class="acts">
                <form method="post" action={href(`/office/organisations/${id}/verify`)}>
                  <input type="hidden" name="seen" value={declaredAt} />
                  <Button kind="second">
                    {say(words.verify)}
                    <span class="visually-hidden"> {say(name)}</span>
                  </Button>
                </form>
                <a href={href(`/office/organisations/${id}/refuse`)}>
                  {say(words.refuse)}
                  <span class="visually-hidden"> {say(name)}</span>
                </a>
              </div>,
            ],
          }))}
        />
      )}
    </Page>
  )
}

export function RefusePage({ organisation: { id, name, number, declaredAt }, wrong }: RefuseData) {
  const { say, href } = usePage()
  const error = wrong ? say(words.missing) : undefined
  return (
    <Page title={say(words.refuseTitle)} error={wrong} breadcrumbs={accountCrumbs(say)}>
      <ErrorSummary errors={error ? [{ field: 'reason', text: error }] : []} />
      <h1>
        <Phrase text={say(words.refuseTitle)} />
      </h1>
      <p class="lead">{say(words.refuseLead)}</p>
      <SummaryList
        rows={[
          { key: say(words.name), value: say(name) },
          { key: say(words.number), value: number },
          { key: say(words.since), value: <Moment at={declaredAt} /> },
        ]}
      />
      <form method="post" action={href(`/office/organisations/${id}/refuse`)}>
        <input type="hidden" name="seen" value={declaredAt} />
        <Radios
          name="reason"
          label={say(words.why)}
          options={Object.entries(refusalReasons).map(([value, label]) => ({ value, label: say(label) }))}
          error={error}
        />
        <Button kind="harm">{say(words.tell)}</Button>
      </form>
    </Page>
  )
}
