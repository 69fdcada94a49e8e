import { Button, ErrorSummary, Page, Phrase, Radios, texts, usePage } from '#platform'
import type { MergeData } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  title: { en: 'Merge the newer version', 'zh-Hant': '併入較新版本' },
  lead: {
    en: 'Another version was published since this one was begun. What only one of them changed is taken; where both changed the same, choose.',
    'zh-Hant': '開始撰寫後已發布另一版本。只有其中一方更改的內容會自動納入；雙方都更改的內容須由你選擇。',
  },
  published: { en: 'What was published meanwhile', 'zh-Hant': '其間發布的更改' },
  conflicts: { en: 'What both changed', 'zh-Hant': '雙方都更改的內容' },
  none: { en: 'Both changed nothing in common.', 'zh-Hant': '雙方沒有更改相同內容。' },
  mine: { en: 'As it is written here: {value}', 'zh-Hant': '撰寫中的內容：{value}' },
  newer: { en: 'As it was published: {value}', 'zh-Hant': '已發布的內容：{value}' },
  gone: { en: '(taken away)', 'zh-Hant': '（已刪去）' },
  choose: { en: 'Choose one of the two.', 'zh-Hant': '請選擇其中一項。' },
  changed: {
    en: 'Somebody changed it, or published again, since this page was loaded. Look again before you merge.',
    'zh-Hant': '載入此頁後內容已更改或再次發布。合併前請再檢視。',
  },
  go: { en: 'Merge', 'zh-Hant': '合併' },
})

/** What a draft and a newer version both changed, side by side, each to be chosen. */
export function MergePage({ service, title, seen, conflicts, published, state }: MergeData) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const open = state === 'incomplete' ? conflicts.filter(({ chosen }) => chosen === null) : []
  const errors = [
    ...(state === 'changed' ? [{ field: 'merge', text: say(words.changed) }] : []),
    ...open.map(({ path, what }) => ({ field: path, text: `${say(what)}: ${say(words.choose)}` })),
  ]
  return (
    <Page
      title={`${say(words.title)} – ${say(title)}`}
      error={errors.length > 0}
      breadcrumbs={[
        { text: say(shared.designer), path: '/office/services/design' },
        { text: say(title), path: own },
      ]}
    >
      <ErrorSummary errors={errors} />
      <h1 id="merge">
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <h2>{say(words.published)}</h2>
      <ul>
        {published.map(({ path, what }) => (
          <li key={path}>{say(what)}</li>
        ))}
      </ul>
      <h2>{say(words.conflicts)}</h2>
      {conflicts.length === 0 && <p class="empty">{say(words.none)}</p>}
      <form method="post" action={href(`${own}/merge`)}>
        <input type="hidden" name="seen" value={seen} />
        {conflicts.map(({ path, what, mine, newer, chosen }) => (
          <Radios
            key={path}
            name={path}
            label={say(what)}
            value={chosen ?? ''}
            options={[
              { value: 'mine', label: say(words.mine, { value: mine ?? say(words.gone) }) },
              { value: 'newer', label: say(words.newer, { value: newer ?? say(words.gone) }) },
            ]}
            {...(open.some((each) => each.path === path) && { error: say(words.choose) })}
          />
        ))}
        <Button>{say(words.go)}</Button>
      </form>
    </Page>
  )
}
