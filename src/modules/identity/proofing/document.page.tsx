import { type Static, Type } from 'typebox'
import {
  Button,
  DateField,
  ErrorSummary,
  NotificationBanner,
  Page,
  Phrase,
  Radios,
  SummaryList,
  Text,
  TextField,
  texts,
  usePage,
  writeMoment,
} from '#platform'
import type { NumberMistake } from './documents.rules.ts'
import { levelCrumbs } from './level.page.tsx'

const words = texts({
  number: { en: 'What is the number of your identity document?', 'zh-Hant': '你的身份證明文件號碼是甚麼？' },
  kind: { en: 'Which document do you have?', 'zh-Hant': '你持有哪種證件？' },
  numberLabel: { en: 'Number', 'zh-Hant': '號碼' },
  family: { en: 'Family name', 'zh-Hant': '姓' },
  given: { en: 'Given names', 'zh-Hant': '名' },
  name: { en: 'What name does it bear?', 'zh-Hant': '證件上的姓名是甚麼？' },
  nameHint: { en: 'As printed on the document, in either script.', 'zh-Hant': '按證件所印填寫，中文或英文均可。' },
  born: { en: 'When were you born?', 'zh-Hant': '你在何時出生？' },
  bornHint: { en: 'As on the document, for example 12 3 1992', 'zh-Hant': '按證件所載，例如 1992 3 12' },
  check: { en: 'Check what we will ask', 'zh-Hant': '核對將會查詢的資料' },
  lead: {
    en: 'We ask {register} whether these four belong together. It answers yes or no and gives us nothing else.',
    'zh-Hant': '我們會向{register}查詢以下四項是否相符。對方只會回覆是或否，不會提供其他資料。',
  },
  document: { en: 'Document', 'zh-Hant': '證件' },
  birthDate: { en: 'Date of birth', 'zh-Hant': '出生日期' },
  change: { en: 'Change', 'zh-Hant': '更改' },
  goOn: { en: 'Continue', 'zh-Hant': '繼續' },
  send: { en: 'Ask the register', 'zh-Hant': '向登記冊查詢' },
  changed: {
    en: 'This was changed in another window. Look at it again before you send it.',
    'zh-Hant': '這些資料已在另一視窗更改。請再核對一次才送出。',
  },
  demonstration: { en: 'For the demonstration', 'zh-Hant': '示範用資料' },
  demonstrationOwn: {
    en: 'The made-up document of this person. Type it, and the register says that it agrees.',
    'zh-Hant': '這個虛構人物的證件。按此輸入，登記冊便會回覆相符。',
  },
  demonstrationAny: {
    en: 'Nobody here has a real document. Type one of these, which are made up, and the register says that it agrees. Each proves one account; if one is taken, choose another.',
    'zh-Hant':
      '示範系統不涉及真實證件。輸入以下任何一張虛構證件，登記冊便會回覆相符。每張只可用於一個帳戶；如已被使用，請另選一張。',
  },
  madeUp: {
    en: '{document} {number}: family name {family}, given names {given}, born {born}',
    'zh-Hant': '{document} {number}：姓「{family}」，名「{given}」，{born}出生',
  },
})

export const numberMistakes: Readonly<Record<NumberMistake, Text>> = texts({
  missing: { en: 'Write the number of your document.', 'zh-Hant': '請填寫證件號碼。' },
  pattern: {
    en: 'This is not how a number of this document looks. Compare it with the document, letter by letter.',
    'zh-Hant': '這不是該類證件號碼的格式。請對照證件逐字核對。',
  },
  'check-digit': {
    en: 'One character of this number is wrong: its check digit does not fit. Compare it with the document.',
    'zh-Hant': '號碼中有一個字元不對，校驗碼不符。請對照證件核對。',
  },
})

export const fieldMistakes = texts({
  kind: { en: 'Choose your document.', 'zh-Hant': '請選擇證件。' },
  family: { en: 'Write the family name that the document bears.', 'zh-Hant': '請填寫證件上的姓。' },
  given: { en: 'Write the given names that the document bears.', 'zh-Hant': '請填寫證件上的名。' },
  born: {
    en: 'Write the date of birth as day, month and year, as 12 3 1992.',
    'zh-Hant': '請按年、月、日填寫出生日期，例如 1992 3 12。',
  },
})

const Kind = Type.Object({ kind: Type.String(), name: Text, hint: Text })
/** Made-up documents that the register of a demonstration knows: the person’s own, or others; none elsewhere. */
const Demonstration = Type.Object({
  own: Type.Boolean(),
  documents: Type.Array(
    Type.Object({
      document: Text,
      number: Type.String(),
      names: Type.Array(Type.Object({ family: Type.String(), given: Type.String() })),
      born: Type.String(),
    }),
  ),
})

export type NumberData = Static<typeof NumberData>
export const NumberData = Type.Object({
  kinds: Type.Array(Kind),
  kind: Type.String(),
  number: Type.String(),
  next: Type.Union([Type.String(), Type.Null()]),
  mistake: Type.Union([Type.Enum(['missing', 'pattern', 'check-digit', 'kind']), Type.Null()]),
  demonstration: Demonstration,
})

const documentPath = '/account/level/document'

export function NumberPage({ kinds, kind, number, next, mistake, demonstration }: NumberData) {
  const { say, href } = usePage()
  const text = mistake && say(mistake === 'kind' ? fieldMistakes.kind : numberMistakes[mistake])
  const one = kinds.length === 1 ? kinds[0] : undefined
  const hint = one?.hint ?? kinds.find((each) => each.kind === kind)?.hint
  return (
    <Page title={say(words.number)} error={mistake !== null} breadcrumbs={levelCrumbs(say)}>
      <ErrorSummary errors={text ? [{ field: mistake === 'kind' ? 'kind' : 'number', text }] : []} />
      <form method="post" action={href(documentPath)}>
        {next !== null && <input type="hidden" name="next" value={next} />}
        {one ? (
          <input type="hidden" name="kind" value={one.kind} />
        ) : (
          <>
            <h1>
              <Phrase text={say(words.number)} />
            </h1>
            <Radios
              name="kind"
              label={say(words.kind)}
              value={kind}
              options={kinds.map((each) => ({ value: each.kind, label: say(each.name), hint: say(each.hint) }))}
              error={mistake === 'kind' ? (text ?? undefined) : undefined}
            />
          </>
        )}
        <TextField
          name="number"
          label={say(one ? words.number : words.numberLabel)}
          page={one !== undefined}
          {...(one && hint && { hint: say(hint) })}
          value={number}
          maxLength={40}
          width={20}
          autocomplete="off"
          autocapitalize="characters"
          error={mistake !== null && mistake !== 'kind' ? (text ?? undefined) : undefined}
        />
        <Button>{say(words.goOn)}</Button>
      </form>
      {demonstration.documents.length > 0 && <Hint hint={demonstration} />}
    </Page>
  )
}

function Hint({ hint: { own, documents } }: { hint: NumberData['demonstration'] }) {
  const page = usePage()
  const { say, language } = page
  // Either writing agrees; shown is the one of the page, where there are two.
  const nameIn = (names: (typeof documents)[number]['names']) =>
    names.find(({ family }) => /\p{Script=Han}/u.test(family) === (language !== 'en')) ?? names[0]!
  return (
    <NotificationBanner title={say(words.demonstration)}>
      <p>{say(own ? words.demonstrationOwn : words.demonstrationAny)}</p>
      <ul>
        {documents.map(({ document, number, names, born }) => (
          <li key={number}>
            {say(words.madeUp, { document, number, ...nameIn(names), born: writeMoment(born, page) })}
          </li>
        ))}
      </ul>
    </NotificationBanner>
  )
}

export type NameData = Static<typeof NameData>
export const NameData = Type.Object({
  family: Type.String(),
  given: Type.String(),
  mistakes: Type.Array(Type.Enum(['family', 'given'])),
})

export function NamePage({ family, given, mistakes }: NameData) {
  const { say, href } = usePage()
  const errorOf = (field: 'family' | 'given') => (mistakes.includes(field) ? say(fieldMistakes[field]) : undefined)
  return (
    <Page title={say(words.name)} error={mistakes.length > 0} breadcrumbs={levelCrumbs(say)}>
      <ErrorSummary errors={mistakes.map((field) => ({ field, text: say(fieldMistakes[field]) }))} />
      <h1>
        <Phrase text={say(words.name)} />
      </h1>
      <p>{say(words.nameHint)}</p>
      <form method="post" action={href(`${documentPath}/name`)}>
        <TextField
          name="family"
          label={say(words.family)}
          value={family}
          maxLength={80}
          autocomplete="family-name"
          error={errorOf('family')}
        />
        <TextField
          name="given"
          label={say(words.given)}
          value={given}
          maxLength={80}
          autocomplete="given-name"
          error={errorOf('given')}
        />
        <Button>{say(words.goOn)}</Button>
      </form>
    </Page>
  )
}

export type BornData = Static<typeof BornData>
export const BornData = Type.Object({
  year: Type.String(),
  month: Type.String(),
  day: Type.String(),
  wrong: Type.Boolean(),
})

export function BornPage({ wrong, ...value }: BornData) {
  const { say, href, language } = usePage()
  const text = say(fieldMistakes.born)
  const first = language === 'en' ? 'born-day' : 'born-year'
  return (
    <Page title={say(words.born)} error={wrong} breadcrumbs={levelCrumbs(say)}>
      <ErrorSummary errors={wrong ? [{ field: first, text }] : []} />
      <form method="post" action={href(`${documentPath}/birth-date`)}>
        <DateField
          name="born"
          label={say(words.born)}
          hint={say(words.bornHint)}
          page
          born
          value={value}
          error={wrong ? text : undefined}
        />
        <Button>{say(words.goOn)}</Button>
      </form>
    </Page>
  )
}

export type CheckData = Static<typeof CheckData>
export const CheckData = Type.Object({
  version: Type.String(),
  register: Text,
  document: Text,
  number: Type.String(),
  family: Type.String(),
  given: Type.String(),
  born: Type.String(),
  changed: Type.Boolean(),
})

export function CheckPage(data: CheckData) {
  const page = usePage()
  const { say, href } = page
  const action = (path: string) => ({ path: `${documentPath}${path}`, text: say(words.change) })
  return (
    <Page title={say(words.check)} error={data.changed} breadcrumbs={levelCrumbs(say)}>
      {data.changed && <NotificationBanner tone="warn" title={say(words.changed)} />}
      <h1>
        <Phrase text={say(words.check)} />
      </h1>
      <p class="lead">{say(words.lead, { register: say(data.register) })}</p>
      <SummaryList
        rows={[
          { key: say(words.document), value: `${say(data.document)} ${data.number}`, action: action('') },
          { key: say(words.family), value: data.family, action: action('/name') },
          { key: say(words.given), value: data.given, action: action('/name') },
          { key: say(words.birthDate), value: writeMoment(data.born, page), action: action('/birth-date') },
        ]}
      />
      <form method="post" action={href(`${documentPath}/check`)}>
        <input type="hidden" name="version" value={data.version} />
        <Button>{say(words.send)}</Button>
      </form>
    </Page>
  )
}
