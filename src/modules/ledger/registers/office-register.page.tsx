import { Button, ErrorSummary, Page, Phrase, type Text, TextField, texts, usePage } from '#platform'
import { listed } from '../listed.ts'
import { ItemList } from './item-list.tsx'
import { words as ofList } from './registers.page.tsx'
import type { OfficeRegisterData } from './types.ts'

const words = texts({
  find: { en: 'Find one', 'zh-Hant': '查找' },
  findHint: { en: 'By its number.', 'zh-Hant': '按編號。' },
  findHintUnique: { en: 'By its number, or by: {fields}.', 'zh-Hant': '按編號，或：{fields}。' },
  go: { en: 'Find', 'zh-Hant': '查找' },
  new: { en: 'New {item}: {step}', 'zh-Hant': '新{item}：{step}' },
  filter: { en: 'By state', 'zh-Hant': '按狀況' },
  every: { en: 'All', 'zh-Hant': '全部' },
  counted: { en: '{title} ({count})', 'zh-Hant': '{title}（{count}）' },
  items: { en: 'Items, the newest change first', 'zh-Hant': '登記項（最近變動的在前）' },
  none: {
    en: 'Nothing in this state. What you and others enter stands here at once.',
    'zh-Hant': '沒有這個狀況的登記項。登錄後即會在此顯示。',
  },
  older: { en: 'Older', 'zh-Hant': '較早' },
  newest: { en: 'Newest', 'zh-Hant': '最新' },
  pages: { en: 'Pages', 'zh-Hant': '分頁' },
  public: { en: 'The rules, as everybody sees them', 'zh-Hant': '公開頁面及規則' },
})

const wrongs: Readonly<Record<NonNullable<OfficeRegisterData['wrong']>, Text>> = texts({
  empty: { en: 'Write what you look for.', 'zh-Hant': '請填寫要查找的內容。' },
  unknown: {
    en: 'No item has this number, nor this in one of the fields that are named. Compare it letter by letter.',
    'zh-Hant': '沒有登記項使用這個編號，所列欄位亦沒有這項內容。請逐字核對。',
  },
})

export function OfficeRegisterPage(data: OfficeRegisterData) {
  const { say, href, language } = usePage()
  const { register, path, beginnings, items, unique, find, wrong } = data
  const error = wrong && say(wrongs[wrong])
  const fields = listed(
    { language },
    unique.map((title) => say(title)),
    'disjunction',
  )
  return (
    <Page
      title={say(register.title)}
      error={wrong !== null}
      breadcrumbs={[
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(ofList.office), path: '/office/ledger/registers' },
      ]}
    >
      <ErrorSummary errors={error ? [{ field: 'find', text: error }] : []} />
      <h1>
        <Phrase text={say(register.title)} />
      </h1>
      <p>
        <a href={href(register.path)}>{say(words.public)}</a>
      </p>
      {beginnings.length > 0 && (
        <p class="buttons">
          {beginnings.map(({ step, title, path }) => (
            <Button key={step} href={href(path)}>
              {say(words.new, { item: register.item, step: title })}
            </Button>
          ))}
        </p>
      )}
      <form method="post" action={href(`${path}/find`)}>
        <TextField
          name="find"
          label={say(words.find)}
          hint={unique.length > 0 ? say(words.findHintUnique, { fields }) : say(words.findHint)}
          value={find}
          maxLength={200}
          autocomplete="off"
          {...(error && { error })}
        />
        <Button kind="second">{say(words.go)}</Button>
      </form>
      <section class="after-form">
        <h2>{say(words.items)}</h2>
        <Filter {...data} />
        {items.length === 0 ? (
          <p class="empty">{say(words.none)}</p>
        ) : (
          <ItemList caption={say(words.items)} items={items} />
        )}
        <Pages {...data} />
      </section>
    </Page>
  )
}

function Filter({ path, states, state }: OfficeRegisterData) {
  const { say, href } = usePage()
  const each = [
    { to: path, text: say(words.every), isCurrent: state === null },
    ...states.map(({ id, title, count }) => ({
      ...{ to: `${path}?state=${id}`, isCurrent: state === id },
      text: say(words.counted, { title, count }),
    })),
  ]
  return (
    <nav class="filter" aria-label={say(words.filter)}>
      <ul>
        {each.map(({ to, text, isCurrent }) => (
          <li key={to}>
            <a href={href(to)} aria-current={isCurrent ? 'true' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Pages({ path, state, isFirst, next }: OfficeRegisterData) {
  const { say, href } = usePage()
  if (isFirst && next === null) return null
  const kept = state === null ? '' : `state=${state}`
  return (
    <nav class="pagination" aria-label={say(words.pages)}>
      <ul>
        {!isFirst && (
          <li>
            <a href={href(kept ? `${path}?${kept}` : path)}>{say(words.newest)}</a>
          </li>
        )}
        {next !== null && (
          <li>
            <a href={href(`${path}?${kept ? `${kept}&` : ''}before=${encodeURIComponent(next)}`)} rel="next">
              {say(words.older)}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
