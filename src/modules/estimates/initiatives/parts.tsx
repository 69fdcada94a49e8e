import { FigureBoard, Mark, Tag, usePage, writeMoment } from '#platform'
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

/** From the initiative to its money: the programme, and the subhead or commitment that it draws on. */
export function Money({ line }: { line: InitiativeNote['line'] }) {
  const { say, href } = usePage()
  const { path, programme, programmeName, subhead, item, inferred } = line
  return (
    <>
      <a href={href(path)}>{say(words.programme, { number: programme, name: say(programmeName) })}</a>
      <small class="below">
        {item ? say(words.item, { subhead, item }) : say(words.subhead, { subhead })}
        {inferred && say(words.inferred)}
      </small>
    </>
  )
}

/** The subhead or commitment alone, where the programme is said already. */
export function Subhead({ line: { path, subhead, item, inferred } }: { line: InitiativeNote['line'] }) {
  const { say, href } = usePage()
  return (
    <>
      <a href={href(path)}>{item ? say(words.item, { subhead, item }) : say(words.subhead, { subhead })}</a>
      {inferred && <small> {say(words.inferredShort)}</small>}
    </>
  )
}

/** The figures that measure it: computed ones on the board, the others named with the reason. */
export function Measured({ figures }: Pick<SystemAnswer, 'figures'>) {
  const { say } = usePage()
  const readings = figures.flatMap(({ reading }) => reading ?? [])
  return (
    <>
      {readings.length > 0 ? (
        <FigureBoard figures={readings} title={say(words.figures)} />
      ) : (
        <h2>{say(words.figures)}</h2>
      )}
      {figures.length === 0 && <p class="muted">{say(words.noFigures)}</p>}
      {figures
        .filter(({ reading }) => reading === null)
        .map(({ id }) => (
          <p key={id} class="muted">
            {say(words.notComputed, { id })}
          </p>
        ))}
    </>
  )
}
