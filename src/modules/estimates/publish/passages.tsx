import type { ComponentChildren } from 'preact'
import { texts, usePage } from '#platform'
import type { Cell, Matters, Passage } from '../types.ts'
import { Clause, Line, Paragraph } from './components/document.tsx'
import { Prose } from './figure.tsx'
import { type HeadData, type LineInitiative, looseCells } from './head-data.ts'
import { CheckNote, initiativesAt } from './margin.tsx'
import { words } from './words.ts'
import { yearBefore } from './years.rules.ts'

const own = texts({
  matterOf: { en: 'Item {item} of the printed list, line {line}', 'zh-Hant': '印刷本所列第 {item} 項，第 {line} 行' },
})

/** Without the text, what its lists speak of is known by the initiatives that claim their items. */
export function MattersOfPack({
  data,
  number,
  heading: Sub,
}: {
  data: HeadData
  number: number
  heading: 'h2' | 'h4'
}) {
  const { say, href } = usePage()
  const claimed = data.initiatives.filter(({ programme, matters }) => programme === number && matters.length > 0)
  const lists = (['done', 'attention'] as const).map((list) => ({
    list,
    items: claimed
      .flatMap((initiative) =>
        initiative.matters.filter((matter) => matter.list === list).map((matter) => ({ ...matter, initiative })),
      )
      .sort((one, other) => one.item - other.item),
  }))
  return (
    <>
      {lists.map(
        ({ list, items }) =>
          items.length > 0 && (
            <div key={list}>
              <Sub>
                {say(list === 'done' ? words.done : words.attention, {
                  year: list === 'done' ? yearBefore(data.year) : data.year,
                })}
              </Sub>
              {items.map(({ item, line, initiative }) => (
                <Line
                  key={item}
                  id={`${list}-${number}-${item}`}
                  note={<CheckNote data={data} cells={[]} initiatives={[initiative]} />}
                >
                  <Clause>
                    <a href={href(initiative.path)}>{say(initiative.name)}</a>{' '}
                    <small class="muted">{say(own.matterOf, { item, line })}</small>
                  </Clause>
                </Line>
              ))}
            </div>
          ),
      )}
    </>
  )
}

/** A list of matters, each item with the system that it speaks of. */
export function MattersList({
  data,
  number,
  list,
  matters,
}: {
  data: HeadData
  number: number
  list: 'done' | 'attention'
  matters: Matters
}) {
  const initiativesOf = (item: number, passage: Passage): LineInitiative[] => {
    const claimed = data.initiatives.filter(
      (each) =>
        each.programme === number && each.matters.some((matter) => matter.list === list && matter.item === item),
    )
    const mentioned = initiativesAt(data, passage.lines).filter((each) => !claimed.includes(each))
    return [...claimed, ...mentioned]
  }
  return (
    <>
      {matters.lead && (
        <Numbered number={matters.number}>
          <Prose data={data} text={matters.lead} />
        </Numbered>
      )}
      {matters.items.map((passage, at) => {
        const initiatives = initiativesOf(at + 1, passage)
        return (
          <Line
            key={passage.lines.from}
            id={`${list}-${number}-${at + 1}`}
            {...(initiatives.length > 0 && { note: <CheckNote data={data} cells={[]} initiatives={initiatives} /> })}
          >
            <Clause>
              <Prose data={data} text={passage.text} />
            </Clause>
          </Line>
        )
      })}
    </>
  )
}

const Numbered = ({ number, children }: { number: number | undefined; children: ComponentChildren }) =>
  number === undefined ? <p>{children}</p> : <Paragraph number={String(number)}>{children}</Paragraph>

/** A paragraph with the numbers that it states, checked in the margin. */
export function PassageLine({ data, passage }: { data: HeadData; passage: Passage }) {
  const cells = cellsAt(data, passage)
  const initiatives = initiativesAt(data, passage.lines)
  const noted = cells.length > 0 || initiatives.length > 0
  return (
    <Line {...(noted && { note: <CheckNote data={data} cells={cells} initiatives={initiatives} /> })}>
      <Numbered number={passage.number}>
        <Prose data={data} text={passage.text} />
      </Numbered>
    </Line>
  )
}

/** Numbers that a passage states. */
const cellsAt = (data: HeadData, { lines }: Pick<Passage, 'lines'>): Cell[] =>
  looseCells(data, (cell) => cell.lines.from >= lines.from && cell.lines.to <= lines.to)
