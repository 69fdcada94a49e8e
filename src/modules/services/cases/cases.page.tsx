import { Button, Page, Phrase, Select, TextField, texts, usePage } from '#platform'
import { shared as cohorts } from './cohorts/words.ts'
import { addressOf } from './filters.ts'
import { CaseTable, words as shared } from './parts.tsx'
import type { CasesData } from './types.ts'

const words = texts({
  find: { en: 'Reference, or what is listed', 'zh-Hant': '編號或列出的答案' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  everyService: { en: 'All services', 'zh-Hant': '所有服務' },
  everyState: { en: 'All states', 'zh-Hant': '所有狀況' },
  whose: { en: 'Whose', 'zh-Hant': '由誰處理' },
  all: { en: 'All', 'zh-Hant': '全部' },
  mine: { en: 'Mine', 'zh-Hant': '我的' },
  waits: { en: 'Waits for', 'zh-Hant': '等候' },
  anything: { en: 'Anything', 'zh-Hant': '不限' },
  officer: { en: 'An officer', 'zh-Hant': '人員處理' },
  soon: { en: 'Within three working days', 'zh-Hant': '三個工作天內' },
  anytime: { en: 'At any time', 'zh-Hant': '不限' },
  ended: { en: 'Ended', 'zh-Hant': '已結束' },
  openOnly: { en: 'Open ones', 'zh-Hant': '只列未結束' },
  endedToo: { en: 'Ended ones too, the newest first', 'zh-Hant': '包括已結束，最新在前' },
  go: { en: 'Show', 'zh-Hant': '顯示' },
  none: {
    en: 'No case fits. Take a filter away, or look for less.',
    'zh-Hant': '沒有符合的個案。請減少篩選或搜尋較少的字。',
  },
  saved: { en: 'Kept filters', 'zh-Hant': '已儲存的篩選' },
  keep: { en: 'Keep this filter', 'zh-Hant': '儲存這項篩選' },
  keepHint: {
    en: 'All officers of the department see it under this name.',
    'zh-Hant': '部門所有人員均可按此名稱使用。',
  },
  remove: { en: 'Remove', 'zh-Hant': '刪除' },
  pages: { en: 'Pages', 'zh-Hant': '分頁' },
  first: { en: 'From the first', 'zh-Hant': '由首頁起' },
  more: { en: 'More', 'zh-Hant': '更多' },
  filter: { en: 'Filter', 'zh-Hant': '篩選' },
})

export function CasesPage(data: CasesData) {
  const { say, href } = usePage()
  const { query, cases, saved } = data
  const title = say(shared.cases)
  const path = '/office/services/cases'
  return (
    <Page title={title} wide breadcrumbs={[{ text: say(shared.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      {saved.length > 0 && (
        <nav class="filter" aria-label={say(words.saved)}>
          <ul>
            {saved.map((each) => (
              <li key={each.name}>
                <a
                  href={href(`${path}?${each.query}`)}
                  aria-current={each.query === addressOf(query) ? 'true' : undefined}
                >
                  {each.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <FilterForm {...data} />
      <section class="after-form">
        {cases.length === 0 ? <p class="empty">{say(words.none)}</p> : <CaseTable caption={title} cases={cases} />}
        <Pages {...data} />
        {data.decides && (
          <p>
            <a href={href('/office/services/cohorts')}>{say(cohorts.cohorts)}</a>
          </p>
        )}
      </section>
      <Keep {...data} />
    </Page>
  )
}

function FilterForm({ query, services, states }: CasesData) {
  const { say, href } = usePage()
  return (
    <form method="get" action={href('/office/services/cases')}>
      <TextField name="q" label={say(words.find)} value={query.q} maxLength={100} autocomplete="off" />
      <details class="details" open={addressOf({ ...query, q: '' }) !== ''}>
        <summary>
          <span>{say(words.filter)}</span>
        </summary>
        <div>
          <Select
            name="service"
            label={say(words.service)}
            value={query.service}
            options={[
              { value: '', label: say(words.everyService) },
              ...services.map(({ id, title }) => ({ value: id, label: say(title) })),
            ]}
          />
          {states.length > 0 && (
            <Select
              name="state"
              label={say(shared.state)}
              value={query.state}
              options={[
                { value: '', label: say(words.everyState) },
                ...states.map(({ id, title }) => ({ value: id, label: say(title) })),
              ]}
            />
          )}
          <Select
            name="whose"
            label={say(words.whose)}
            value={query.whose}
            options={[
              { value: 'all', label: say(words.all) },
              { value: 'mine', label: say(words.mine) },
              { value: 'free', label: say(shared.nobody) },
            ]}
          />
          <Select
            name="wait"
            label={say(words.waits)}
            value={query.wait}
            options={[
              { value: '', label: say(words.anything) },
              { value: 'officer', label: say(words.officer) },
              { value: 'reply', label: say(shared.stands) },
              { value: 'approval', label: say(shared.approval) },
            ]}
          />
          <Select
            name="due"
            label={say(shared.due)}
            value={query.due}
            options={[
              { value: '', label: say(words.anytime) },
              { value: 'soon', label: say(words.soon) },
              { value: 'overdue', label: say(shared.overdue) },
            ]}
          />
          <Select
            name="ended"
            label={say(words.ended)}
            value={query.ended}
            options={[
              { value: '', label: say(words.openOnly) },
              { value: 'yes', label: say(words.endedToo) },
            ]}
          />
        </div>
      </details>
      <Button kind="second">{say(words.go)}</Button>
    </form>
  )
}

function Pages({ query, next, isFirst }: CasesData) {
  const { say, href } = usePage()
  if (isFirst && next === null) return null
  const to = (after?: string) => href(`/office/services/cases?${addressOf(query, after)}`)
  return (
    <nav class="pagination" aria-label={say(words.pages)}>
      <ul>
        {!isFirst && (
          <li>
            <a href={to()}>{say(words.first)}</a>
          </li>
        )}
        {next !== null && (
          <li>
            <a href={to(next)} rel="next">
              {say(words.more)}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Keep({ query, saved }: CasesData) {
  const { say, href } = usePage()
  const now = addressOf(query)
  const known = saved.find((each) => each.query === now)
  if (known)
    return (
      <form method="post" action={href('/office/services/filters/remove')}>
        <input type="hidden" name="name" value={known.name} />
        <Button kind="link">
          {say(words.remove)} <span>{known.name}</span>
        </Button>
      </form>
    )
  if (now === '') return null
  return (
    <form method="post" action={href('/office/services/filters')}>
      <input type="hidden" name="query" value={now} />
      <TextField
        name="name"
        label={say(words.keep)}
        hint={say(words.keepHint)}
        maxLength={60}
        required
        autocomplete="off"
        width={20}
      />
      <Button kind="second">{say(words.keep)}</Button>
    </form>
  )
}
