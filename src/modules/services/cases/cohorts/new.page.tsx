import { Button, DateField, ErrorSummary, Page, Phrase, Radios, Select, texts, usePage, writeMoment } from '#platform'
import { words as desk } from '../parts.tsx'
import { casesMax, chosenOutcomes, type NewData } from './types.ts'
import { kindNames, outcomeNames, shared } from './words.ts'

const words = texts({
  lead: {
    en: 'A preview is made of what comes of each case. Nothing is changed before another officer approves.',
    'zh-Hant': '系統會先預覽每宗個案的結果。另一名人員批准前，不會更改任何個案。',
  },
  none: { en: 'Your department has no service with cases.', 'zh-Hant': '你的部門沒有處理個案的服務。' },
  go: { en: 'Continue', 'zh-Hant': '繼續' },
  other: { en: 'Another service', 'zh-Hant': '其他服務' },
  redecide: {
    en: 'Of ended cases: what the rules of the version say with the answers and the day as they were',
    'zh-Hant': '適用於已完結個案：以原有的答案和日期，按該版本的規則得出結果',
  },
  move: {
    en: 'Of open cases: they go on by the version, where everything of them fits',
    'zh-Hant': '適用於未完結個案：資料完全適用時，改按該版本繼續處理',
  },
  target: { en: 'Version under which they go on', 'zh-Hant': '轉用的版本' },
  version: { en: 'Version {number}, published {at}', 'zh-Hant': '第 {number} 版，{at} 發布' },
  which: { en: 'Which cases', 'zh-Hant': '個案範圍' },
  atMost: { en: 'At most {max} cases at once.', 'zh-Hant': '每次最多 {max} 宗個案。' },
  stateNow: { en: 'State in which they stand', 'zh-Hant': '個案狀況' },
  everyState: { en: 'All states', 'zh-Hant': '所有狀況' },
  outcome: { en: 'How they were decided', 'zh-Hant': '決定結果' },
  outcomeHint: { en: 'For ended cases alone.', 'zh-Hant': '只適用於已完結個案。' },
  every: { en: 'In any way', 'zh-Hant': '不限' },
  versionNow: { en: 'Version by which they go now', 'zh-Hant': '現時所用版本' },
  everyVersion: { en: 'Any other version', 'zh-Hant': '任何其他版本' },
  since: { en: 'From', 'zh-Hant': '由' },
  until: { en: 'Up to and with', 'zh-Hant': '至（包括當日）' },
  dayHint: {
    en: 'The day of the decision; of open cases the day on which they came. Leave it empty for any.',
    'zh-Hant': '已完結個案以決定日期計，未完結個案以收到日期計。不限則留空。',
  },
  preview: { en: 'Make the preview', 'zh-Hant': '製作預覽' },
})

const path = '/office/services/cohorts'

export function NewCohortPage(data: NewData) {
  const { say, language } = usePage()
  const { services, chosen, wrong } = data
  return (
    <Page
      title={say(shared.begin)}
      error={wrong.length > 0}
      breadcrumbs={[
        { text: say(desk.desk), path: '/office/services' },
        { text: say(shared.cohorts), path },
      ]}
    >
      <ErrorSummary
        errors={wrong.map(({ field, text }) => ({
          field: field === 'since' || field === 'until' ? `${field}-${language === 'en' ? 'day' : 'year'}` : field,
          text: say(text),
        }))}
      />
      {chosen && <p class="caption">{say(chosen.title)}</p>}
      <h1>
        <Phrase text={say(shared.begin)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : chosen ? (
        <Choose {...data} />
      ) : (
        <Service {...data} />
      )}
    </Page>
  )
}

function Service({ services }: NewData) {
  const { say, href } = usePage()
  return (
    <form method="get" action={href(`${path}/new`)}>
      <Select
        name="service"
        label={say(shared.service)}
        options={services.map(({ id, title }) => ({ value: id, label: say(title) }))}
      />
      <Button>{say(words.go)}</Button>
    </form>
  )
}

function Choose({ token, services, chosen, typed, wrong }: NewData) {
  const page = usePage()
  const { say, href } = page
  const { states, versions, service } = chosen!
  const of = (field: string) => {
    const found = wrong.find((each) => each.field === field)
    return found && say(found.text)
  }
  const versionOptions = versions.map(({ hash, number, publishedAt }) => ({
    value: hash,
    label: say(words.version, { number, at: writeMoment(publishedAt, page) }),
  }))
  const day = (name: 'since' | 'until') => (
    <DateField
      name={name}
      label={say(words[name])}
      hint={say(words.dayHint)}
      error={of(name)}
      value={{
        year: typed[`${name}-year`] ?? '',
        month: typed[`${name}-month`] ?? '',
        day: typed[`${name}-day`] ?? '',
      }}
    />
  )
  return (
    <form method="post" action={href(path)} novalidate>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="service" value={service} />
      <Radios
        name="kind"
        label={say(shared.what)}
        error={of('kind')}
        {...(typed.kind && { value: typed.kind })}
        options={(['redecide', 'move'] as const).map((kind) => ({
          value: kind,
          label: say(kindNames[kind]),
          hint: say(words[kind]),
        }))}
      />
      <Select
        name="target"
        label={say(words.target)}
        error={of('target')}
        value={typed.target ?? versions[0]?.hash ?? ''}
        options={versionOptions}
      />
      <h2>{say(words.which)}</h2>
      <p>{say(words.atMost, { max: casesMax.toLocaleString('en') })}</p>
      <Select
        name="version"
        label={say(words.versionNow)}
        value={typed.version ?? ''}
        options={[{ value: '', label: say(words.everyVersion) }, ...versionOptions]}
      />
      <Select
        name="state"
        label={say(words.stateNow)}
        value={typed.state ?? ''}
        options={[
          { value: '', label: say(words.everyState) },
          ...states.map(({ id, title }) => ({ value: id, label: say(title) })),
        ]}
      />
      <Select
        name="outcome"
        label={say(words.outcome)}
        hint={say(words.outcomeHint)}
        value={typed.outcome ?? ''}
        options={[
          { value: '', label: say(words.every) },
          ...chosenOutcomes.map((each) => ({ value: each, label: say(outcomeNames[each]) })),
        ]}
      />
      {day('since')}
      {day('until')}
      <Button>{say(words.preview)}</Button>
      {services.length > 1 && (
        <p class="after-form">
          <a href={href(`${path}/new`)}>{say(words.other)}</a>
        </p>
      )}
    </form>
  )
}
