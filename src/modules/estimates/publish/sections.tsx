import { texts, usePage } from '#platform'
import { changeSentence } from '../check/amounts.ts'
import { measures } from '../check/sentences.ts'
import type { Cell, Passage, Programme, Table } from '../types.ts'
import { Cover, Line, Paragraph } from './components/document.tsx'
import { Figure, Name, Prose } from './figure.tsx'
import { type HeadData, indexOf, looseCells } from './head-data.ts'
import { nameOf, whenText, writeAmount } from './labels.rules.ts'
import { CheckNote } from './margin.tsx'
import { MattersList, MattersOfPack, PassageLine } from './passages.tsx'
import { capital, DocumentTable, markName } from './tables.tsx'
import { words } from './words.ts'

const own = texts({
  officer: { en: 'Controlling officer: {name}', 'zh-Hant': '管制人員：{name}' },
  commitmentBalance: { en: 'Balance of commitments', 'zh-Hant': '承擔額結餘' },
  comma: { en: ', ', 'zh-Hant': '，' },
  before: { en: '{when}: ', 'zh-Hant': '{when}：' },
  subheadName: { en: 'Subhead', 'zh-Hant': '分目' },
  itemName: { en: 'Subhead and item', 'zh-Hant': '分目及項目' },
  lineName: { en: 'Item of expenditure', 'zh-Hant': '開支項目' },
  provision: { en: 'Financial provision', 'zh-Hant': '財政撥款' },
  provisionOf: { en: 'Financial provision of programme ({number})', 'zh-Hant': '綱領({number})的財政撥款' },
  targetsOf: { en: 'Targets of programme ({number})', 'zh-Hant': '綱領({number})的目標' },
  indicatorsOf: { en: 'Indicators of programme ({number})', 'zh-Hant': '綱領({number})的指標' },
  fromNumbers: { en: 'From the numbers: {sentence}', 'zh-Hant': '按數字計算：{sentence}' },
  sentence: {
    en: 'Provision for {year} against the revised estimate for {before}: {sentence}.',
    'zh-Hant': '{year} 年度的撥款較 {before} 年度的修訂預算{sentence}。',
  },
  more: { en: ' A net increase of {posts} in {year}.', 'zh-Hant': '{year} 年度淨增加 {posts}。' },
  fewer: { en: ' A net decrease of {posts} in {year}.', 'zh-Hant': '{year} 年度淨減少 {posts}。' },
})

const rowsOf = (data: HeadData, place: Table['place']) => data.document.tables.filter((table) => table.place === place)
const belongsTo = (table: Table, number: number) =>
  table.rows.some(({ subject }) => new RegExp(`^(programme:${number}$|(target|indicator):${number}\\.)`).test(subject))

/** The figures of the cover: one row for each thing that it counts, its latest number to the right. */
export function CoverSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  const cells = looseCells(data, ({ place }) => place === 'cover')
  const kinds = Map.groupBy(cells, ({ measure, subject }) => `${subject} ${measure}`)
  const rows = [...kinds.values()].map((group) => {
    const [latest, ...before] = group.toSorted((one, other) => (one.period.when < other.period.when ? 1 : -1)) as [
      Cell,
      ...Cell[],
    ]
    return {
      label: <CoverLabel data={data} latest={latest} before={before} />,
      value: <Figure data={data} cell={latest} unit />,
      note: <CheckNote data={data} cells={group} />,
    }
  })
  const officer = data.document.controllingOfficer
  return (
    <>
      {officer && (
        <p>
          {data.names['controlling-officer'] ? (
            say(own.officer, { name: say(nameOf(data, 'controlling-officer')) })
          ) : (
            <Prose data={data} text={officer.text} />
          )}
        </p>
      )}
      <Cover rows={rows} />
    </>
  )
}

function CoverLabel({ data, latest, before }: { data: HeadData; latest: Cell; before: readonly Cell[] }) {
  const { say } = usePage()
  const { measure, period, base, subject } = latest
  if (measure === 'provision') return <>{say(words.estimate, { year: period.when })}</>
  if (subject === 'commitments') return <>{say(own.commitmentBalance)}</>
  const day = period.phase === 'asAt' && !base ? say(whenText(period.when)) : period.when
  return (
    <>
      {capital(say(measures[measure]))}
      {period.phase === 'asAt' && !base && `${say(own.comma)}${day}`}
      {before.map((cell) => (
        <small key={cell.id} class="muted">
          {' '}
          {say(own.before, { when: say(whenText(cell.period.when)) })}
          <Figure data={data} cell={cell} />
        </small>
      ))}
    </>
  )
}

/** A programme: its money, what it is for, what it did and will do, how it is measured. */
export function ProgrammeSection({
  data,
  programme,
  level = 3,
}: {
  data: HeadData
  programme: Programme
  /** 2 where the programme is the whole page, and its title stands above. */
  level?: 2 | 3
}) {
  const { say, href } = usePage()
  const { number } = programme
  const Sub = level === 2 ? 'h2' : 'h4'
  const [provision] = rowsOf(data, 'programme').filter((table) => belongsTo(table, number))
  const performance = (place: 'targets' | 'indicators') =>
    rowsOf(data, place).filter((table) => belongsTo(table, number))
  const { done, description } = programme
  // In the order of print: the sentence that leads to targets and indicators follows the list of work done.
  const isAfter = ({ lines }: Passage) => done !== null && lines.from > done.lines.from
  const [before, after] = [description.filter((each) => !isAfter(each)), description.filter(isAfter)]
  const hasProse =
    programme.aim !== null ||
    programme.description.length > 0 ||
    programme.done !== null ||
    programme.attention !== null
  return (
    <section id={`programme-${number}`} {...(level === 3 && { 'aria-labelledby': `programme-${number}-title` })}>
      {level === 3 && (
        <h3 id={`programme-${number}-title`}>
          <small class="caption">{`${say(words.programme, { number })}\u00a0`}</small>
          <a href={href(`/estimates/${data.year}/${data.head}/programmes/${number}`)}>
            <Name data={data} subject={`programme:${number}`} />
          </a>
        </h3>
      )}
      {provision && (
        <DocumentTable
          data={data}
          table={provision}
          caption={say(own.provisionOf, { number })}
          captionHidden
          corner={say(own.provision)}
        />
      )}
      <ChangeLine data={data} number={number} />
      {programme.aim && (
        <>
          <Sub>{say(words.aim)}</Sub>
          <PassageLine data={data} passage={programme.aim} />
        </>
      )}
      {programme.description.length > 0 && <Sub>{say(words.description)}</Sub>}
      {before.map((passage) => (
        <PassageLine key={passage.lines.from} data={data} passage={passage} />
      ))}
      {done && <MattersList data={data} number={number} list="done" matters={done} />}
      {after.map((passage) => (
        <PassageLine key={passage.lines.from} data={data} passage={passage} />
      ))}
      {performance('targets').map((table) => (
        <div key={table.id}>
          <Sub>{say(words.targets)}</Sub>
          <DocumentTable
            data={data}
            table={table}
            caption={say(own.targetsOf, { number })}
            captionHidden
            corner={say(words.targets)}
          />
        </div>
      ))}
      {performance('indicators').map((table, at) => (
        <div key={table.id}>
          {at === 0 && <Sub>{say(words.indicators)}</Sub>}
          <DocumentTable
            data={data}
            table={table}
            caption={say(own.indicatorsOf, { number })}
            captionHidden
            corner={say(words.indicators)}
          />
        </div>
      ))}
      {programme.attention && (
        <>
          <Sub>{say(words.attention, { year: data.year })}</Sub>
          <MattersList data={data} number={number} list="attention" matters={programme.attention} />
        </>
      )}
      {!hasProse && <MattersOfPack data={data} number={number} heading={Sub} />}
    </section>
  )
}

/** The sentence that the numbers of a programme imply, in the Estimates' own form. */
export function changeOf(data: HeadData, number: number) {
  const [table] = rowsOf(data, 'programme').filter((each) => belongsTo(each, number))
  const { cell } = indexOf(data)
  const row = table?.rows[0]
  const at = (phase: string) =>
    cell.get(row?.cells[table?.columns.findIndex(({ period }) => period.phase === phase) ?? -1] ?? '')
  const [revised, estimate] = [at('revised'), at('estimate')]
  return revised?.steps == null || estimate?.steps == null ? undefined : { from: revised, to: estimate }
}

/** The printed cause beside the sentence that follows from the numbers. */
function ChangeLine({ data, number }: { data: HeadData; number: number }) {
  const { say, language } = usePage()
  const change = changeOf(data, number)
  const explanation = data.document.programmes.find((each) => each.number === number)?.explanation
  const stated = looseCells(data, ({ place, subject }) => place === 'prose' && subject === `programme:${number}`)
  if (!change) return null
  const sentence = changeSentence(change, language)
  if (explanation)
    return (
      <Line
        note={
          <CheckNote data={data} cells={stated}>
            <span class="note__text">{say(own.fromNumbers, { sentence })}</span>
          </CheckNote>
        }
      >
        <p>
          <Prose data={data} text={explanation.text} />
        </p>
      </Line>
    )
  const posts = stated.find(({ measure }) => measure === 'posts-change' || measure === 'all-posts-change')
  return (
    <Line note={<CheckNote data={data} cells={stated} />}>
      <p>
        {say(own.sentence, { year: change.to.period.when, before: change.from.period.when, sentence })}
        {posts?.steps != null &&
          posts.steps !== 0 &&
          say(posts.steps > 0 ? own.more : own.fewer, {
            year: data.year,
            posts: writeAmount({ ...posts, steps: Math.abs(posts.steps) }, language),
          })}
      </p>
    </Line>
  )
}

/** Subheads, and below them what the notes say. */
export function SubheadsSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  return (
    <>
      {rowsOf(data, 'subheads').map((table) => (
        <DocumentTable
          key={table.id}
          data={data}
          table={table}
          caption={say(words.subheads)}
          captionHidden
          corner={say(own.subheadName)}
        />
      ))}
    </>
  )
}

export function NotesSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  const tables = rowsOf(data, 'breakdown')
  return (
    <>
      {data.document.notes.map((passage) => (
        <PassageLine key={passage.lines.from} data={data} passage={passage} />
      ))}
      {tables.map((table) => (
        <DocumentTable
          key={table.id}
          data={data}
          table={table}
          caption={say(words.breakdown, { code: table.id.split('.')[1] ?? '' })}
          corner={say(own.lineName)}
        />
      ))}
    </>
  )
}

export function CommitmentsSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  const tables = rowsOf(data, 'commitments')
  return (
    <>
      {tables.map((table) => (
        <DocumentTable
          key={table.id}
          data={data}
          table={table}
          caption={say(words.commitments)}
          captionHidden
          corner={say(own.itemName)}
        />
      ))}
      {data.document.footnotes.map((note) => (
        <Line
          key={note.mark}
          id={`note-${markName(note.mark)}`}
          note={
            <CheckNote
              data={data}
              cells={looseCells(data, ({ place, subject }) => place === 'footnote' && note.subjects.includes(subject))}
            />
          }
        >
          <Paragraph number={note.mark}>
            <FootnoteText data={data} mark={note.mark} text={note.text} />
          </Paragraph>
        </Line>
      ))}
    </>
  )
}

/** As printed; where that is another language than the page's, in the pack's words, if it has any. */
function FootnoteText({ data, mark, text }: { data: HeadData; mark: string; text: string }) {
  const { say, language } = usePage()
  const own = data.names[`footnote:${mark}`]
  const foreign = (language === 'en') !== (data.document.language === 'en')
  return own && (foreign || data.source.kind === 'pack') ? say(own) : <Prose data={data} text={text} />
}
