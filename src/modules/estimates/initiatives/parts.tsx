import { Fragment } from 'preact'
import { FigureBoard, Mark, Tag, usePage, writeMoment } from '#platform'
import { measures } from '../check/sentences.ts'
import { capital } from '../publish/tables.tsx'
import type { SystemAnswer } from './answers.ts'
import type { InitiativeNote, ModuleNote, OwnerNote } from './describe.ts'
import { words } from './words.ts'

export function StatusTag({ status }: { status: InitiativeNote['status'] }) {
  const { say } = usePage()
  return <Tag>{say(words[status])}</Tag>
}

export function Owner({ owner: { name, successor } }: { owner: OwnerNote }) {
  const page = usePage()
  const { say } = page
  if (!successor) return <>{say(name)}</>
  const since = say(words.since, { on: writeMoment(successor.on, page), name: say(successor.name) })
  return (
    <>
      {say(name)}
      <small class="below">{since}</small>
    </>
  )
}

/** Whether a system runs here: shape and word. */
export function SystemState({ modules }: { modules: readonly ModuleNote[] }) {
  const { say } = usePage()
  const runs = modules.some(({ running }) => running)
  return <Mark kind={runs ? 'holds' : 'unchecked'}>{say(runs ? words.here : words.waits)}</Mark>
}

/** The way into a system that runs; nothing else on its page is as large. */
export function GoTo({ modules }: { modules: readonly ModuleNote[] }) {
  const { say, href } = usePage()
  const ways = modules.filter(({ running, address }) => running && address)
  return (
    <>
      {ways.slice(0, 1).map(({ name, address }) => (
        <p key={name}>
          <a class="button" href={href(address!)}>
            {say(words.goTo)}
          </a>
        </p>
      ))}
    </>
  )
}

type Line = InitiativeNote['line']

/** From the initiative to its money: the programme, the subhead or commitment that it draws on, and what they print. */
export function Money({ line }: { line: Line }) {
  const { say, href } = usePage()
  const { programme, programmeName, programmePath, provision, amounts, whole, inferred } = line
  const shown = amounts.length > 0 ? amounts : provision ? [provision] : []
  return (
    <>
      <a href={href(programmePath)}>{say(words.programme, { number: programme, name: say(programmeName) })}</a>
      <small class="below">
        <LineLink line={line} />
        {inferred && say(words.inferred)}
      </small>
      {shown.length > 0 && (
        <span class="below">
          {amounts.length === 0 && say(words.ofProgramme)}
          <Amounts amounts={shown} />
          {!whole && say(words.notHowMuch)}
        </span>
      )}
    </>
  )
}

/** The subhead, the line inside it or the commitment, where the programme is said already; with amounts of its own. */
export function OwnMoney({ line }: { line: Line }) {
  const { say } = usePage()
  return (
    <>
      <LineLink line={line} />
      {line.inferred && <small> {say(words.inferredShort)}</small>}
      {line.whole && (
        <span class="below">
          <Amounts amounts={line.amounts} />
        </span>
      )}
    </>
  )
}

function LineLink({ line: { path, name, subhead, item } }: { line: Line }) {
  const { say, href } = usePage()
  const text = item
    ? say(words.item, { subhead, item })
    : name
      ? say(words.lineInside, { subhead, name: say(name) })
      : say(words.subhead, { subhead })
  return <a href={href(path)}>{text}</a>
}

/** Each amount with what it is, and the way to its own page. */
export function Amounts({ amounts }: { amounts: Line['amounts'] }) {
  const { say, href } = usePage()
  return (
    <>
      {amounts.map(({ cell, path, measure, period, status, text }, at) => (
        <Fragment key={cell}>
          {at > 0 && say(words.semicolon)}
          {measure === 'provision' ? say(words.estimate, { year: period.when }) : capital(say(measures[measure]))}
          {say(words.colon)}
          <a href={href(path)}>{say(text)}</a>
          {status !== 'printed' && say(words.workedOut)}
        </Fragment>
      ))}
    </>
  )
}

/** The figures that measure it. One that no module computes yet has no name that a person could read, so it waits. */
export function Measured({ figures }: Pick<SystemAnswer, 'figures'>) {
  const { say } = usePage()
  const readings = figures.flatMap(({ reading }) => reading ?? [])
  if (readings.length > 0) return <FigureBoard figures={readings} title={say(words.figures)} />
  return (
    <>
      <h2>{say(words.figures)}</h2>
      <p class="muted">{say(words.noFigures)}</p>
    </>
  )
}
