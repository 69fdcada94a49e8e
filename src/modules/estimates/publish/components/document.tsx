import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { Mark, type MarkKind, texts, usePage } from '#platform'

const words = texts({
  notes: { en: 'Notes', 'zh-Hant': '備註' },
  state: { en: ' ({state})', 'zh-Hant': '（{state}）' },
  comma: { en: ', ', 'zh-Hant': '、' },
  printed: { en: 'printed {value}', 'zh-Hant': '刊印為 {value}' },
})

/** A few links in one line: “Pays for One portal, Open data (not running yet)”. */
export type NoteLinks = { label?: string; links: readonly { text: string; path: string; state?: string }[] }

/** One note of the live margin: what the checker says, the system that this line pays for, and its figure now. */
export type NoteProps = {
  mark?: MarkKind
  /** Replaces the mark's word, and says the state itself. */
  says?: ComponentChildren
  systems?: readonly NoteLinks[]
  figure?: { label: string; value: string; printed?: string; path?: string }
  children?: ComponentChildren
}

// Notes report themselves while the document is rendered, so that paper can carry them at the end, in the same order.
const Collected = createContext<ComponentChildren[] | undefined>(undefined)

/** The document with its live margin. Holds `Line`s and tables whose rows have notes; on paper the notes follow it. */
export const Annotated = ({ children }: { children: ComponentChildren }) => (
  <Collected.Provider value={[]}>
    <div class="annotated">
      {children}
      <PrintedNotes />
    </div>
  </Collected.Provider>
)

function PrintedNotes() {
  const { say } = usePage()
  const notes = useContext(Collected)
  if (!notes?.length) return null
  return (
    <section class="notes print-only">
      <h2>{say(words.notes)}</h2>
      <ol>
        {notes.map((note, index) => (
          <li key={index}>{note}</li>
        ))}
      </ol>
    </section>
  )
}

/** A paragraph, list or figure of the document, with what the margin says of it. */
export const Line = ({
  note,
  id,
  children,
}: {
  note?: ComponentChildren
  id?: string
  children: ComponentChildren
}) => (
  <div class="line" id={id}>
    <div class={note ? 'noted' : undefined}>{children}</div>
    {note}
  </div>
)

export function Note({ mark, says, systems = [], figure, children }: NoteProps) {
  const { say, href } = usePage()
  const content = (mark: NoteProps['mark'], figure?: NoteProps['figure']) => (
    <>
      {mark && <Mark kind={mark}>{says}</Mark>}
      {children && <span class="note__text">{children}</span>}
      {systems.map(({ label, links }) => (
        <span key={label} class="note__links">
          {label && <small>{label} </small>}
          {links.map(({ text, path, state }, at) => (
            <span key={path}>
              <a href={href(path)}>{text}</a>
              {state && <small>{say(words.state, { state })}</small>}
              {at < links.length - 1 && <small class="note__comma">{say(words.comma)}</small>}
            </span>
          ))}
        </span>
      ))}
      {figure && (
        <span class="note__figure">
          <span>{figure.path ? <a href={href(figure.path)}>{figure.label}</a> : figure.label}</span>
          <strong>{figure.value}</strong>
          {figure.printed && <small>{say(words.printed, { value: figure.printed })}</small>}
        </span>
      )}
    </>
  )
  // Paper keeps what a reader cannot take for granted, and nothing that was true only while it was printed.
  const telling = mark && mark !== 'holds' && mark !== 'unchecked'
  const kept = telling || children || systems.length > 0
  const notes = useContext(Collected)
  if (kept) notes?.push(content(telling ? mark : undefined))
  return (
    <div class={kept ? 'note note--printed' : 'note'} role="note">
      {content(mark, figure)}
    </div>
  )
}

/** A numbered paragraph of the printed document: its number hangs in the margin. */
export const Paragraph = ({ number, children }: { number: string; children: ComponentChildren }) => (
  <div class="paragraph">
    <span>{number}</span>
    <div>{children}</div>
  </div>
)

/** One clause of a paragraph's list, so that each can have its own note. */
export const Clause = ({ children }: { children: ComponentChildren }) => (
  <div class="clause">
    <div>{children}</div>
  </div>
)

/** The figures on the cover: name to the left, amount to the right, hairlines between. */
export const Cover = ({ rows }: { rows: readonly CoverRow[] }) => (
  <>
    {rows.map(({ label, value, note }, index) => (
      <Line key={index} note={note}>
        <dl class="edition">
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        </dl>
      </Line>
    ))}
  </>
)
type CoverRow = { label: ComponentChildren; value: ComponentChildren; note?: ComponentChildren }
