import {
  Chart,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  SummaryList,
  Table,
  type Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { listed } from '../listed.ts'
import { waysOf } from './approvals.tsx'
import { words as ofList } from './registers.page.tsx'
import type { RegisterData, RuleNote } from './types.ts'

export const words = texts({
  find: { en: 'Look up one by its number', 'zh-Hant': '按編號查閱' },
  findHint: {
    en: 'As it stands on the paper, with or without hyphens.',
    'zh-Hant': '文件上的編號，有否連字號均可。',
  },
  go: { en: 'Look it up', 'zh-Hant': '查閱' },
  states: { en: 'How many there are', 'zh-Hant': '數目' },
  all: { en: '{count} in the register', 'zh-Hant': '登記冊共有 {count} 項' },
  one: { en: '1 in the register', 'zh-Hant': '登記冊共有 1 項' },
  byState: { en: 'By state, now', 'zh-Hant': '按現時狀況' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  count: { en: 'Number', 'zh-Hant': '數目' },
  empty: {
    en: 'Nothing has been entered yet. What the department enters counts here at once.',
    'zh-Hant': '尚未有登記。部門登記後即會計入。',
  },
  rules: { en: 'The rules', 'zh-Hant': '規則' },
  rulesLead: {
    en: 'A step takes effect when all who are named in one of its ways have approved it. A proposal waits {days} days at most.',
    'zh-Hant': '每個步驟有一組或多組批准人，其中一組全部批准即告生效。提議最多等候 {days} 天。',
  },
  step: { en: 'Step', 'zh-Hant': '步驟' },
  from: { en: 'From', 'zh-Hant': '由' },
  to: { en: 'To', 'zh-Hant': '至' },
  who: { en: 'Who must approve', 'zh-Hant': '須由誰批准' },
  begins: { en: 'a new entry', 'zh-Hant': '新登記' },
  held: { en: 'while somebody holds it', 'zh-Hant': '須有人持有' },
  unheld: { en: 'while nobody holds it', 'zh-Hant': '須無人持有' },
  // What stands before and after it is apart in English alone.
  or: { en: ' or ', 'zh-Hant': '或' },
  parties: { en: 'Who is who', 'zh-Hant': '各方' },
  holder: { en: 'whoever holds the item', 'zh-Hant': '持有登記項的人或機構' },
  taker: {
    en: 'whoever takes it over, by the code of a letter',
    'zh-Hant': '憑信件代碼承讓的人或機構',
  },
  inLog: { en: 'The rules in the log', 'zh-Hant': '日誌所載規則' },
  version: { en: 'Version {version}, set', 'zh-Hant': '第 {version} 版，訂立於' },
  entry: { en: 'See the entry', 'zh-Hant': '查看條目' },
  log: { en: 'Log', 'zh-Hant': '日誌' },
})

export const wrongWords: Readonly<Record<NonNullable<RegisterData['wrong']>, Text>> = texts({
  empty: { en: 'Write the number that stands on the paper.', 'zh-Hant': '請填寫文件上的編號。' },
  slip: {
    en: 'This is no number of a register: a letter is wrong, missing or too many. Compare it with the paper, letter by letter.',
    'zh-Hant': '這不是登記冊的編號：有字元錯漏或多出。請與文件逐字核對。',
  },
  'other-register': {
    en: 'This number is of another register. Choose that register from the list.',
    'zh-Hant': '這個編號屬於另一登記冊。請從列表選擇該登記冊。',
  },
  unknown: {
    en: 'The register has no item of this number. Compare it with the paper, letter by letter.',
    'zh-Hant': '登記冊沒有這個編號。請與文件逐字核對。',
  },
})

export function RegisterPage(data: RegisterData) {
  const { say, href } = usePage()
  const { register, find, wrong } = data
  const error = wrong && say(wrongWords[wrong])
  return (
    <Page
      title={say(register.title)}
      description={say(register.about)}
      error={wrong !== null}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(ofList.title), path: '/ledger/registers' },
      ]}
    >
      <ErrorSummary errors={error ? [{ field: 'find', text: error }] : []} />
      <h1>
        <Phrase text={say(register.title)} />
      </h1>
      <p class="lead">{say(register.about)}</p>
      <form action={href(register.path)}>
        <TextField
          name="find"
          label={say(words.find)}
          hint={say(words.findHint)}
          value={find}
          maxLength={60}
          width={20}
          autocomplete="off"
          {...(error && { error })}
        />
        <button class="button" type="submit">
          {say(words.go)}
        </button>
      </form>
      <States {...data} />
      <Rules {...data} />
    </Page>
  )
}

function States({ states }: RegisterData) {
  const { say } = usePage()
  const count = states.reduce((sum, each) => sum + each.count, 0)
  const written = (value: number) => value.toLocaleString('en-GB')
  return (
    <section>
      <h2>{say(words.states)}</h2>
      {count === 0 ? (
        <p class="empty">{say(words.empty)}</p>
      ) : (
        <Chart
          title={count === 1 ? say(words.one) : say(words.all, { count: written(count) })}
          subtitle={say(words.byState)}
          corner={say(words.state)}
          chart={{
            kind: 'bars',
            labels: states.map(({ title }) => say(title)),
            series: [{ name: say(words.count), values: states.map((each) => each.count) }],
            write: written,
          }}
        />
      )}
    </section>
  )
}

function Rules({ register, steps, parties, rules }: RegisterData) {
  const { say, href } = usePage()
  return (
    <section>
      <h2>{say(words.rules)}</h2>
      <p>{say(words.rulesLead, { days: rules.openDays })}</p>
      <Table
        caption={say(words.rules)}
        captionHidden
        narrow="stack"
        columns={[words.step, words.from, words.to, words.who].map((text) => ({ label: say(text) }))}
        rows={steps.map((step) => ({
          cells: [say(step.title), <From key="from" step={step} />, say(step.to), <Ways key="who" step={step} />],
        }))}
      />
      <h3>{say(words.parties)}</h3>
      <SummaryList
        rows={parties.map(({ title, is, organisation }) => ({
          key: say(title),
          value: is === 'organisation' ? say(organisation!) : say(words[is]),
        }))}
      />
      <h3>{say(words.inLog)}</h3>
      <SummaryList
        rows={[
          { key: say(ofList.keeper), value: say(register.keeper) },
          { key: say(words.log), value: <a href={href(register.log.path)}>{say(register.log.title)}</a> },
          {
            key: say(words.rules),
            value: (
              <>
                {say(words.version, { version: rules.version })} <Moment at={rules.setAt} />{' '}
                <a href={href(rules.path)}>{say(words.entry)}</a>
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function From({ step: { from, when } }: { step: RuleNote }) {
  const { say, language } = usePage()
  const states =
    from.length === 0
      ? say(words.begins)
      : listed(
          { language },
          from.map((state) => say(state)),
          'disjunction',
        )
  return (
    <>
      {states}
      {when && <span class="muted block">{say(words[when])}</span>}
    </>
  )
}

function Ways({ step }: { step: RuleNote }) {
  const page = usePage()
  const ways = waysOf(page, step.approvals)
  if (ways.length === 1) return <>{ways[0]}</>
  return (
    <ul class="ways">
      {ways.map((way, at) => (
        <li key={way}>
          {way}
          {at < ways.length - 1 && page.say(words.or)}
        </li>
      ))}
    </ul>
  )
}
