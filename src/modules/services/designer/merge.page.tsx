import { Button, ErrorSummary, Page, Phrase, Radios, type Text, texts, usePage } from '#platform'
import type { MergeData } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  conflicts: { en: 'What both changed', 'zh-Hant': '雙方都更改的內容' },
  none: { en: 'Both changed nothing in common.', 'zh-Hant': '雙方沒有更改相同內容。' },
  gone: { en: '(taken away)', 'zh-Hant': '（已刪去）' },
  choose: { en: 'Choose one of the two.', 'zh-Hant': '請選擇其中一項。' },
  changed: {
    en: 'Somebody changed it, or published again, since this page was loaded. Look again before you merge.',
    'zh-Hant': '載入此頁後內容已更改或再次發布。合併前請再檢視。',
  },
  go: { en: 'Merge', 'zh-Hant': '合併' },
  ours: { en: 'What was changed here', 'zh-Hant': '本系統內的更改' },
  compare: { en: 'Compare the pack’s version with what counts now', 'zh-Hant': '比較資料包的版本與現行版本' },
  whole: { en: 'Or take the pack’s version as it stands', 'zh-Hant': '或直接採用資料包的版本' },
  wholeMore: {
    en: 'It becomes the next version that is being written, and what was changed here is left out. It counts once another editor has let it through.',
    'zh-Hant': '資料包的版本會成為撰寫中的下一版本，本系統內的更改不會保留。經另一名編輯批准後才生效。',
  },
  take: { en: 'Take the pack’s version', 'zh-Hant': '採用資料包的版本' },
  aside: { en: 'Or put the change aside', 'zh-Hant': '或擱置更改' },
  asideMore: {
    en: 'What counts now stays. Another editor agrees to that; the pack’s next change will be compared with this one.',
    'zh-Hant': '維持現行版本，須由另一名編輯同意。資料包日後再更改時，會與這次的內容比較。',
  },
  ask: { en: 'Ask to put it aside', 'zh-Hant': '要求擱置' },
  asked: { en: '{name} asks for the change to be put aside.', 'zh-Hant': '{name}要求擱置這項更改。' },
  agree: { en: 'Put it aside', 'zh-Hant': '擱置' },
  takeBack: { en: 'Take the request back', 'zh-Hant': '收回要求' },
})

/** What is said otherwise of a version that was published meanwhile and of what the pack changed. */
const wordsOf = {
  published: texts({
    title: { en: 'Merge the newer version', 'zh-Hant': '併入較新版本' },
    lead: {
      en: 'Another version was published since this one was begun. What only one of them changed is taken; where both changed the same, choose.',
      'zh-Hant': '開始撰寫後已發布另一版本。只有其中一方更改的內容會自動納入；雙方都更改的內容須由你選擇。',
    },
    published: { en: 'What was published meanwhile', 'zh-Hant': '其間發布的更改' },
    mine: { en: 'As it is written here: {value}', 'zh-Hant': '撰寫中的內容：{value}' },
    newer: { en: 'As it was published: {value}', 'zh-Hant': '已發布的內容：{value}' },
  }),
  pack: texts({
    title: { en: 'What the pack changed', 'zh-Hant': '資料包的更改' },
    lead: {
      en: 'Officers published a version after the pack’s last one, so what the pack changed since waits here. What only one of both changed is taken; where both changed the same, choose.',
      'zh-Hant':
        '資料包上次載入後，人員發布了自己的版本，因此資料包其後的更改在此等候處理。只有其中一方更改的內容會自動納入；雙方都更改的內容須由你選擇。',
    },
    published: { en: 'What the pack changed', 'zh-Hant': '資料包的更改' },
    mine: { en: 'As it stands here: {value}', 'zh-Hant': '本系統的內容：{value}' },
    newer: { en: 'As the pack has it: {value}', 'zh-Hant': '資料包的內容：{value}' },
  }),
} as const

/** What is written and what was published meanwhile, or the pack, both changed, side by side, each to be chosen. */
export function MergePage({ of, service, title, seen, conflicts, published, ours, pack, state }: MergeData) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const path = `${own}/${of === 'pack' ? 'pack-change' : 'merge'}`
  const spoken = wordsOf[of]
  const open = state === 'incomplete' ? conflicts.filter(({ chosen }) => chosen === null) : []
  const errors = [
    ...(state === 'changed' ? [{ field: 'merge', text: say(words.changed) }] : []),
    ...open.map(({ path, what }) => ({ field: path, text: `${say(what)}: ${say(words.choose)}` })),
  ]
  return (
    <Page
      title={`${say(spoken.title)} – ${say(title)}`}
      error={errors.length > 0}
      breadcrumbs={[
        { text: say(shared.designer), path: '/office/services/design' },
        { text: say(title), path: own },
      ]}
    >
      <ErrorSummary errors={errors} />
      <h1 id="merge">
        <Phrase text={say(spoken.title)} />
      </h1>
      <p class="lead">{say(spoken.lead)}</p>
      <Changes title={spoken.published} changes={published} />
      {pack && (
        <>
          <Changes title={words.ours} changes={ours} />
          <p>
            <a href={href(`${own}/compare?to=pack`)}>{say(words.compare)}</a>
          </p>
        </>
      )}
      <h2>{say(words.conflicts)}</h2>
      {conflicts.length === 0 && <p class="empty">{say(words.none)}</p>}
      <form method="post" action={href(path)}>
        <input type="hidden" name="seen" value={seen} />
        {conflicts.map(({ path, what, mine, newer, chosen }) => (
          <Radios
            key={path}
            name={path}
            label={say(what)}
            value={chosen ?? ''}
            options={[
              { value: 'mine', label: say(spoken.mine, { value: mine ?? say(words.gone) }) },
              { value: 'newer', label: say(spoken.newer, { value: newer ?? say(words.gone) }) },
            ]}
            {...(open.some((each) => each.path === path) && { error: say(words.choose) })}
          />
        ))}
        <Button>{say(words.go)}</Button>
      </form>
      {pack && <Otherwise path={path} seen={seen} pack={pack} />}
    </Page>
  )
}

function Changes({ title, changes }: { title: Text; changes: MergeData['published'] }) {
  const { say } = usePage()
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{say(title)}</h2>
      <ul>
        {changes.map(({ path, what }) => (
          <li key={path}>{say(what)}</li>
        ))}
      </ul>
    </section>
  )
}

type OtherwiseProps = { path: string; seen: string; pack: NonNullable<MergeData['pack']> }

/** What can become of a change of the pack but to be merged. */
function Otherwise({ path, seen, pack: { hash, isWritten, askedBy, mine } }: OtherwiseProps) {
  const { say, href } = usePage()
  const act = (name: string, text: Text, kind: 'second' | 'link') => (
    <form method="post" action={href(`${path}/${name}`)}>
      <input type="hidden" name="seen" value={hash} />
      <Button kind={kind}>{say(text)}</Button>
    </form>
  )
  return (
    <>
      {!isWritten && (
        <section class="after-form">
          <h2>{say(words.whole)}</h2>
          <p>{say(words.wholeMore)}</p>
          <form method="post" action={href(path)}>
            <input type="hidden" name="seen" value={seen} />
            <input type="hidden" name="whole" value="yes" />
            <Button kind="second">{say(words.take)}</Button>
          </form>
        </section>
      )}
      <section class="after-form">
        <h2>{say(words.aside)}</h2>
        <p>{say(words.asideMore)}</p>
        {askedBy ? (
          <>
            <p>{say(words.asked, { name: askedBy })}</p>
            {!mine && act('put-aside', words.agree, 'second')}
            {act('take-back', words.takeBack, 'link')}
          </>
        ) : (
          act('ask', words.ask, 'second')
        )}
      </section>
    </>
  )
}
