import { Chart, Table, type Text, texts, usePage } from '#platform'
import type { PersonWalk, Walks } from './walk.rules.ts'

const words = texts({
  people: { en: 'People', 'zh-Hant': '人數' },
  page: { en: 'Page', 'zh-Hant': '頁面' },
  chart: {
    en: 'How many of {people} made-up people see each page',
    'zh-Hant': '{people} 名虛構人物中，看到各頁的人數',
  },
  chartUnit: {
    en: 'The answers of all others led past it, or out of the form',
    'zh-Hant': '其餘的人按其答案無須作答該頁，或已中途離開',
  },
  ends: {
    en: 'Of {people} made-up people, {sent} could send the form and {out} were led out.',
    'zh-Hant': '{people} 名虛構人物中，{sent} 人可以遞交表格，{out} 人中途離開。',
  },
  lengths: {
    en: 'Those who could send it saw {shortest} to {longest} pages.',
    'zh-Hant': '可以遞交的人看到 {shortest} 至 {longest} 頁。',
  },
  length: { en: 'Those who could send it saw {longest} pages.', 'zh-Hant': '可以遞交的人都看到 {longest} 頁。' },
  unseen: { en: 'Nobody saw:', 'zh-Hant': '沒有人看到：' },
  unmet: { en: 'Nobody was led out by:', 'zh-Hant': '沒有人因以下情況離開：' },
  perhaps: {
    en: 'Made-up people draw their answers by lot, so that rare combinations may be missing. Send more of them, or others.',
    'zh-Hant': '虛構人物的答案是抽籤得來，罕見的組合可能未有出現；可增加人數，或換一批人再試。',
  },
  stuck: {
    en: '{people} came no further than “{title}”, where they were told:',
    'zh-Hant': '{people} 人停在「{title}」，並收到以下提示：',
  },
  ways: { en: 'Ways through the form', 'zh-Hant': '填寫表格的途徑' },
  more: { en: '{more} further ways are not shown.', 'zh-Hant': '另有 {more} 條途徑未有顯示。' },
  end: { en: 'Ends', 'zh-Hant': '結果' },
  count: { en: 'Pages', 'zh-Hant': '頁數' },
  way: { en: 'Pages on the way', 'zh-Hant': '途經頁面' },
  sent: { en: 'Can be sent', 'zh-Hant': '可以遞交' },
  exit: { en: 'Led out: {title}', 'zh-Hant': '離開：{title}' },
  stuckAt: { en: 'Comes no further', 'zh-Hant': '無法繼續' },
})

/** More bars than these are no picture any more: the table alone is shown. */
const barsMax = 60
const waysMax = 20
/** Titles are often questions, after which no comma can stand. */
const between = ' → '

/** What became of made-up people who were sent through a form (`walkMany`): per page, per way, and what none of them met. */
export function WalkTable({ walks }: { walks: Walks }) {
  const { say } = usePage()
  const { people, pages, sent, stuck, longest, shortest } = walks
  const unseen = pages.filter(({ id }) => walks.unseen.includes(id))
  const unmet = walks.exits.filter(({ id }) => walks.unmet.includes(id))
  return (
    <>
      <p>{say(words.ends, { people: people.length, sent, out: people.length - sent - stuck })}</p>
      {longest && shortest && <Lengths longest={longest.pages.length} shortest={shortest.pages.length} />}
      <Stuck walks={walks} />
      <Names sentence={words.unseen} titles={unseen.map(({ title }) => title)} />
      <Names sentence={words.unmet} titles={unmet.map(({ title }) => title)} />
      {unseen.length + unmet.length > 0 && <p>{say(words.perhaps)}</p>}
      <PagesSeen walks={walks} />
      <Ways walks={walks} />
    </>
  )
}

function Lengths(lengths: { longest: number; shortest: number }) {
  const { say } = usePage()
  return <p>{say(lengths.longest === lengths.shortest ? words.length : words.lengths, lengths)}</p>
}

function PagesSeen({ walks: { pages, people } }: { walks: Walks }) {
  const { say } = usePage()
  const title = say(words.chart, { people: people.length })
  const counts = pages.map((page) => page.people)
  if (pages.length > barsMax)
    return (
      <Table
        caption={title}
        columns={[{ label: say(words.page) }, { label: say(words.people), numeric: true }]}
        rows={pages.map((page) => ({ cells: [say(page.title), page.people] }))}
        dense
      />
    )
  return (
    <Chart
      chart={{
        kind: 'bars',
        labels: pages.map((page) => say(page.title)),
        series: [{ name: say(words.people), values: counts }],
        write: String,
      }}
      title={title}
      subtitle={say(words.chartUnit)}
      corner={say(words.page)}
    />
  )
}

function Names({ sentence, titles }: { sentence: Text; titles: readonly Text[] }) {
  const { say } = usePage()
  if (titles.length === 0) return null
  return (
    <>
      <p>{say(sentence)}</p>
      <ul>
        {titles.map((title, at) => (
          <li key={at}>{say(title)}</li>
        ))}
      </ul>
    </>
  )
}

/** Where people were refused whatever they answered, with what was said to the first of them. */
function Stuck({ walks: { people, pages } }: { walks: Walks }) {
  const { say } = usePage()
  const ends = people.flatMap(({ end }) => (end.kind === 'stuck' ? [end] : []))
  return [...Map.groupBy(ends, ({ page }) => page)].map(([id, all]) => (
    <section key={id}>
      <p>{say(words.stuck, { people: all.length, title: pages.find((page) => page.id === id)!.title })}</p>
      <ul>
        {all[0]!.mistakes.map(({ text }, at) => (
          <li key={at}>{say(text)}</li>
        ))}
      </ul>
    </section>
  ))
}

function Ways({ walks: { people, pages, exits } }: { walks: Walks }) {
  const { say } = usePage()
  const titles = new Map(pages.map(({ id, title }) => [id, say(title)]))
  const endOf = ({ end }: PersonWalk) => {
    if (end.kind === 'sent') return say(words.sent)
    if (end.kind === 'stuck') return say(words.stuckAt)
    return say(words.exit, { title: exits.find(({ id }) => id === end.exit)!.title })
  }
  const ways = [...Map.groupBy(people, (person) => [endOf(person), ...person.pages].join('\n')).values()].toSorted(
    (one, other) => other.length - one.length,
  )
  const rows = ways.slice(0, waysMax).map((all) => {
    const [first] = all as [PersonWalk]
    const way = first.pages.map((id) => titles.get(id)).join(between)
    return { cells: [endOf(first), all.length, first.pages.length, way] }
  })
  const columns = [
    { label: say(words.end) },
    { label: say(words.people), numeric: true },
    { label: say(words.count), numeric: true },
    { label: say(words.way) },
  ]
  return (
    <>
      <Table caption={say(words.ways)} columns={columns} rows={rows} narrow="stack" dense />
      {ways.length > waysMax && <p>{say(words.more, { more: ways.length - waysMax })}</p>}
    </>
  )
}
