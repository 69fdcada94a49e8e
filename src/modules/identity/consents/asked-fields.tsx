import { type Static, Type } from 'typebox'
import {
  Button,
  Checkboxes,
  ErrorSummary,
  FieldError,
  NotificationBanner,
  SummaryList,
  type Text,
  texts,
  usePage,
} from '#platform'
import { Done, onTheWay } from '../done.tsx'
import { FieldValue, writeField, writeSource } from '../profile/field-value.tsx'
import { FieldLine } from '../profile/profile.page.tsx'

const words = texts({
  trial: { en: 'In trial use', 'zh-Hant': '試用中的服務' },
  by: { en: 'Run by {organisation}', 'zh-Hant': '由{organisation}營辦' },
  sandbox: {
    en: 'This service is in trial use by its developer. Go on only if you know them.',
    'zh-Hant': '此服務仍由開發者試用。除非認識該開發者，否則請勿繼續。',
  },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  needed: { en: 'The service needs', 'zh-Hant': '服務必須取得' },
  optional: { en: 'You may leave out', 'zh-Hant': '可以不提供' },
  optionalHint: { en: 'What is ticked is sent.', 'zh-Hant': '已勾選的資料會送出。' },
  lacking: { en: 'Asked for, but you have not filled it in', 'zh-Hant': '服務要求但你未填寫' },
  lackingLead: { en: 'Nothing of this is sent unless you fill it in.', 'zh-Hant': '如不填寫，這些資料不會送出。' },
  fill: { en: 'Fill in', 'zh-Hant': '填寫' },
  prove: { en: 'Prove an identity document', 'zh-Hant': '核實身份證明文件' },
  notProven: {
    en: 'Not verified, so it is not sent. The service may refuse you without it.',
    'zh-Hant': '未經核實，因此不會送出。服務可能因此拒絕受理。',
  },
  nowhere: { en: 'We do not have this, so it is not sent.', 'zh-Hant': '我們沒有這項資料，因此不會送出。' },
  openError: {
    en: 'Fill in “{field}”, which the service needs, or refuse.',
    'zh-Hant': '請填寫服務必須取得的「{field}」，或拒絕。',
  },
  why: { en: 'Why, in the service’s words: “{purpose}”', 'zh-Hant': '服務所述用途：「{purpose}」' },
  line: { en: '{field}: {value}', 'zh-Hant': '{field}：{value}' },
  withProof: {
    en: '{source}. The service is told by whom and when.',
    'zh-Hant': '{source}，服務會獲告知核實者和日期。',
  },
  changed: { en: 'This changed while you looked', 'zh-Hant': '資料在你查看期間已更改' },
  changedText: {
    en: 'Your fields, or what is asked, changed in another window. Look at it again before you agree. Nothing was sent.',
    'zh-Hant': '你的資料或服務的要求已在另一視窗更改。請重新查看後才同意。資料並未送出。',
  },
})

type RowData = Static<typeof RowData>
const RowData = Type.Object({
  ...FieldLine.properties,
  essential: Type.Boolean(),
  plain: Type.Boolean(),
  verified: Type.Boolean(),
  purpose: Type.Union([Type.String(), Type.Null()]),
  missing: Type.Union([Type.Enum(['write', 'prove', 'nowhere']), Type.Null()]),
})

/** What the page needs that asks for fields; `without` are those that the person has unticked. */
export const askedShape = {
  rows: Type.Array(RowData),
  version: Type.String(),
  without: Type.Array(Type.String()),
  /** Needed fields that were not filled in when the person agreed. */
  open: Type.Array(Type.String()),
  changed: Type.Boolean(),
}
const AskedData = Type.Object(askedShape)
type AskedData = Static<typeof AskedData>

/** What the form sends. */
export type AskedAnswer = Static<typeof AskedAnswer>
export const AskedAnswer = Type.Object({
  answer: Type.Optional(Type.Enum(['agree', 'refuse'])),
  /** A field to fill in first; what is ticked comes back with the person. */
  fill: Type.Optional(Type.String({ maxLength: 60 })),
  field: Type.Optional(
    Type.Union([Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }), Type.String({ maxLength: 60 })]),
  ),
  version: Type.Optional(Type.String({ maxLength: 100 })),
})
/** In an address: the names of fields that are unticked. */
export const Without = Type.Optional(Type.String({ pattern: '^[a-z0-9_,]*$', maxLength: 2000 }))

/** Above the page’s heading: what was done on the way here, and what keeps the person from agreeing. */
export function AskedMistakes({ rows, open, changed }: AskedData) {
  const { say } = usePage()
  const errors = rows
    .filter(({ name }) => open.includes(name))
    .map(({ name, label }) => ({ field: `fill-${name}`, text: say(words.openError, { field: label }) }))
  return (
    <>
      <Done of={onTheWay} />
      <ErrorSummary errors={errors} />
      {changed && (
        <NotificationBanner tone="warn" title={say(words.changed)}>
          <p>{say(words.changedText)}</p>
        </NotificationBanner>
      )}
    </>
  )
}

/** Under the page’s heading: who runs the service, and whether it is in trial use. */
export function Asker({ organisation, sandbox = false }: { organisation: Text | null; sandbox?: boolean }) {
  const { say } = usePage()
  return (
    <>
      {organisation && <p class="muted">{say(words.by, { organisation })}</p>}
      {sandbox && (
        <NotificationBanner tone="warn" title={say(words.trial)}>
          <p>{say(words.sandbox)}</p>
        </NotificationBanner>
      )}
    </>
  )
}

/** At the end of the form: the two answers. */
export function Answers({ agree }: { agree: Text }) {
  const { say } = usePage()
  return (
    <div class="buttons">
      <Button name="answer" value="agree">
        {say(agree)}
      </Button>
      <Button kind="second" name="answer" value="refuse">
        {say(words.refuse)}
      </Button>
    </div>
  )
}

/** Inside the form: every field with the exact value, from whom it is, and whether it can be left out. */
export function AskedFields({ rows, version, without, open }: AskedData) {
  const page = usePage()
  const { say } = page
  const needed = rows.filter(({ essential }) => essential)
  const optional = rows.filter(({ essential, value }) => !essential && value !== null)
  const lacking = rows.filter(({ essential, value }) => !essential && value === null)
  return (
    <>
      <input type="hidden" name="version" value={version} />
      {needed.length > 0 && (
        <>
          <h2>{say(words.needed)}</h2>
          <SummaryList
            rows={needed.map((row) => ({
              key: say(row.label),
              value: <Value row={row} open={open.includes(row.name)} />,
            }))}
          />
        </>
      )}
      {optional.length > 0 && (
        <Checkboxes
          name="field"
          label={say(words.optional)}
          hint={say(words.optionalHint)}
          values={optional.map(({ name }) => name).filter((name) => !without.includes(name))}
          options={optional.map((row) => ({
            value: row.name,
            label: say(words.line, { field: say(row.label), value: writeField(row, page) }),
            hint: [sourceOf(row, page), purposeOf(row, page)]
              .filter(Boolean)
              .join(page.language === 'en' ? '. ' : '。'),
          }))}
        />
      )}
      {lacking.length > 0 && (
        <>
          <h2>{say(words.lacking)}</h2>
          <p>{say(words.lackingLead)}</p>
          <SummaryList rows={lacking.map((row) => ({ key: say(row.label), value: <Value row={row} /> }))} />
        </>
      )}
    </>
  )
}

type Page = ReturnType<typeof usePage>

function sourceOf(row: RowData, page: Page): string {
  const source = writeSource(row.verification, page)
  return row.verified && row.verification ? page.say(words.withProof, { source }) : source
}

/** Why a field is asked for, or the whole form. */
export const purposeOf = ({ purpose }: { purpose: string | Text | null }, { say }: Page) =>
  purpose === null ? '' : say(words.why, { purpose })

/** `open` is a needed field without which the person agreed: it is said here again, and to whom the button is read out. */
function Value({ row, open = false }: { row: RowData; open?: boolean }) {
  const page = usePage()
  const { say } = page
  const { name, label, missing } = row
  const id = `fill-${name}`
  return (
    <>
      {missing === null && <FieldValue {...row} />}
      {missing === null && <p class="field__hint">{sourceOf(row, page)}</p>}
      {missing === 'prove' && <p>{say(words.notProven)}</p>}
      {missing === 'nowhere' && <p>{say(words.nowhere)}</p>}
      {row.purpose !== null && <p class="field__hint">{purposeOf(row, page)}</p>}
      {open && <FieldError id={id}>{say(words.openError, { field: label })}</FieldError>}
      {(missing === 'write' || missing === 'prove') && (
        <Button kind="second" name="fill" value={name} id={id} {...(open && { 'aria-describedby': `${id}-error` })}>
          {say(missing === 'write' ? words.fill : words.prove)}
          <span class="visually-hidden"> {say(label)}</span>
        </Button>
      )}
    </>
  )
}
