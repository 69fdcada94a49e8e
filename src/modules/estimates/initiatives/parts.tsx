import { FigureBoard, type Reading, Tag, usePage } from '#platform'
import type { InitiativeNote, ModuleNote, OwnerNote } from './describe.ts'
import { words } from './words.ts'

/** Status in words; the shade only repeats it. */
export function StatusTag({ status }: { status: InitiativeNote['status'] }) {
  const { say } = usePage()
  return <Tag {...(status === 'complete' && { tone: 'good' as const })}>{say(words[status])}</Tag>
}

export function Owner({ owner: { name, successor } }: { owner: OwnerNote }) {
  const { say } = usePage()
  return (
    <>
      {say(name)}
      {successor && <span class="muted"> ({say(words.since, { on: successor.on, name: say(successor.name) })})</span>}
    </>
  )
}

/** The modules of a system and the way into each that runs. */
export function Modules({ modules }: { modules: readonly ModuleNote[] }) {
  const { say, href } = usePage()
  return (
    <>
      {modules.map(({ name, running, address }) => (
        <span key={name} class="module">
          {say(running ? words.moduleRuns : words.moduleWaits, { name })}
          {running && address && (
            <>
              {' · '}
              <a href={href(address)}>{say(words.goTo)}</a>
            </>
          )}
          <br />
        </span>
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
      <br />
      <span class="muted">
        {item ? say(words.item, { subhead, item }) : say(words.subhead, { subhead })}
        {inferred && ` (${say(words.inferred)})`}
      </span>
    </>
  )
}

/** The figures that measure it: computed ones on the board, the others named with the reason. */
export function Measured({ figures }: { figures: readonly { id: string; reading: Reading | null }[] }) {
  const { say } = usePage()
  const readings = figures.flatMap(({ reading }) => reading ?? [])
  return (
    <>
      {readings.length > 0 ? <FigureBoard figures={readings} title={say(words.figures)} /> : <h2>{say(words.figures)}</h2>}
      {figures.length === 0 && <p>{say(words.noFigures)}</p>}
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
