import { Button, Details, Page, Phrase, Select, Table, Tag, texts, usePage, writeMoment } from '#platform'
import type { CompareData } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  title: { en: 'Compare versions', 'zh-Hant': '比較版本' },
  from: { en: 'Before', 'zh-Hant': '之前' },
  to: { en: 'After', 'zh-Hant': '之後' },
  go: { en: 'Compare', 'zh-Hant': '比較' },
  draft: { en: 'Being written, {at}', 'zh-Hant': '撰寫中，{at}' },
  pack: { en: 'In the pack since {at}, not published', 'zh-Hant': '資料包的版本，{at}載入，未發布' },
  version: { en: 'Version {number}, {at}', 'zh-Hant': '第 {number} 版，{at}' },
  none: { en: 'They do not differ.', 'zh-Hant': '兩者沒有分別。' },
  count: { en: 'Differences: {count}', 'zh-Hant': '分別：{count} 項' },
  what: { en: 'What', 'zh-Hant': '項目' },
  added: { en: 'Added', 'zh-Hant': '新增' },
  removed: { en: 'Taken away', 'zh-Hant': '刪去' },
  changed: { en: 'Changed', 'zh-Hant': '更改' },
  moved: { en: 'Moved', 'zh-Hant': '移動' },
  nothing: { en: '–', 'zh-Hant': '–' },
  patch: { en: 'For programs: a patch by RFC 6902', 'zh-Hant': '供程式使用：RFC 6902 修補' },
})
const tones = { added: 'good', removed: 'bad', changed: 'act', moved: 'act' } as const

/** In what two versions of a service differ, in words. */
export function ComparePage({ service, title, from, to, choices, differences, patch }: CompareData) {
  const page = usePage()
  const { say, href } = page
  const own = `/office/services/design/${service}`
  const options = choices.map(({ version, number, publishedAt }) => {
    const at = writeMoment(publishedAt, page)
    const unpublished = version === 'pack' ? words.pack : words.draft
    return { value: version, label: number === null ? say(unpublished, { at }) : say(words.version, { number, at }) }
  })
  const ways = [
    { text: say(shared.designer), path: '/office/services/design' },
    { text: say(title), path: own },
  ]
  return (
    <Page title={`${say(words.title)} – ${say(title)}`} wide breadcrumbs={ways}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <form method="get" action={href(`${own}/compare`)}>
        <Select name="from" label={say(words.from)} value={from} options={options} />
        <Select name="to" label={say(words.to)} value={to} options={options} />
        <Button kind="second">{say(words.go)}</Button>
      </form>
      {differences.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <>
          <p class="after-form">{say(words.count, { count: differences.length })}</p>
          <Table
            caption={say(words.title)}
            captionHidden
            narrow="stack"
            columns={[words.what, words.from, words.to].map((text) => ({ label: say(text) }))}
            rows={differences.map(({ kind, what, before, after }) => ({
              cells: [
                <span key="what">
                  <Tag tone={tones[kind]}>{say(words[kind])}</Tag> {say(what)}
                </span>,
                shown(before) ?? say(words.nothing),
                shown(after) ?? say(words.nothing),
              ],
            }))}
          />
          <Details summary={say(words.patch)}>
            <pre class="octets">{JSON.stringify(patch, null, 2)}</pre>
          </Details>
        </>
      )}
    </Page>
  )
}

/** What has several lines keeps them: a thing that came or went stands as in the file of a pack. */
const shown = (value: string | null) => (value?.includes('\n') ? <pre class="octets">{value}</pre> : value)
