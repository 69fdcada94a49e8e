import type { ComponentChildren } from 'preact'
import { Moment, sayEverywhere, Table, Tag, type Text, texts, usePage } from '#platform'
import { FileLine } from '../applying/files.tsx'
import { letterPath, officePath } from './history.ts'
import type { CaseFile, CaseLine, Line, OwnCaseData } from './types.ts'

export const words = texts({
  desk: { en: 'Services desk', 'zh-Hant': '服務個案' },
  cases: { en: 'Cases', 'zh-Hant': '個案' },
  figures: { en: 'Figures', 'zh-Hant': '數字' },
  reference: { en: 'Reference', 'zh-Hant': '編號' },
  about: { en: 'Service and what is listed', 'zh-Hant': '服務及列出的答案' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  due: { en: 'Due', 'zh-Hant': '限期' },
  officer: { en: 'Officer', 'zh-Hant': '人員' },
  nobody: { en: 'Free', 'zh-Hant': '待領取' },
  none: { en: '–', 'zh-Hant': '–' },
  mine: { en: 'You', 'zh-Hant': '你' },
  overdue: { en: 'Overdue', 'zh-Hant': '逾期' },
  stands: { en: 'Waits for a reply', 'zh-Hant': '等候答覆' },
  approval: { en: 'Waits for approval', 'zh-Hant': '等候批准' },
  noClock: { en: 'No clock', 'zh-Hant': '不設時限' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '已撤回' },
  merged: { en: 'Joined with another', 'zh-Hant': '已併入另一宗' },
  history: { en: 'What happened', 'zh-Hant': '經過' },
  seeLetter: { en: '{title} (PDF)', 'zh-Hant': '{title}（PDF）' },
  by: { en: 'by {name}', 'zh-Hant': '{name}' },
})

/** In one word where a case stands, beside the name of its state. */
export function WaitTag({ wait, overdue }: Pick<CaseLine, 'wait' | 'overdue'>) {
  const { say } = usePage()
  const tag = overdue ? (
    <Tag tone="bad">{say(words.overdue)}</Tag>
  ) : wait === 'reply' ? (
    <Tag>{say(words.stands)}</Tag>
  ) : wait === 'approval' ? (
    <Tag tone="act">{say(words.approval)}</Tag>
  ) : null
  return tag && <> · {tag}</>
}

/** Where a case stands: by its definition, or how it ended where that says nothing of it. */
export const stateOr = (state: Text, outcome: CaseLine['outcome']): Text =>
  outcome === 'withdrawn' || outcome === 'merged' ? words[outcome] : state

const nexts = texts({
  withdrawnNext: { en: 'You withdrew it. Nothing more is done.', 'zh-Hant': '你已撤回，不會再處理。' },
  mergedNext: {
    en: 'It was joined with another application about the same, and is decided with that one.',
    'zh-Hant': '已與另一份同一事項的申請合併，一併決定。',
  },
  reviewNext: { en: 'You asked for a review: see {review}.', 'zh-Hant': '你已要求覆核，請看 {review}。' },
  lackingNext: {
    en: 'It is granted, and the session has no place for you now. We tell you when one is offered to you; or ask the department for another session.',
    'zh-Hant': '報名已獲批准，但場次現時沒有名額。如有名額提供給你，我們會通知你；你亦可向部門查詢其他場次。',
  },
  replyNext: { en: 'We wait for your answer.', 'zh-Hant': '我們正等候你的答覆。' },
})

type Next = Pick<OwnCaseData, 'ended' | 'wait' | 'next' | 'review'> & {
  /** Whether it is granted, and its session has no place for it. */
  lacking: boolean
}

/** What happens next, for the person of a case: as its state says, unless it waits for them, has ended early or lacks its place. */
export function nextOf({ ended, wait, next, review, lacking }: Next): Text {
  if (ended === 'withdrawn') return nexts.withdrawnNext
  if (ended === 'merged') return nexts.mergedNext
  if (review !== null) return sayEverywhere(nexts.reviewNext, { review })
  if (lacking) return nexts.lackingNext
  return wait === 'reply' ? nexts.replyNext : next
}

/** Cases of a department as a table; each reference leads to its case. */
export function CaseTable({ caption, cases }: { caption: string; cases: readonly CaseLine[] }) {
  const { say, href } = usePage()
  return (
    <Table
      caption={caption}
      captionHidden
      narrow="stack"
      columns={[words.reference, words.about, words.state, words.due, words.officer].map((text) => ({
        label: say(text),
      }))}
      rows={cases.map((line) => ({
        cells: [
          <a key="reference" class="number" href={href(officePath(line.reference))}>
            {line.reference}
          </a>,
          <span key="about">
            {say(line.title)}
            {line.listed.length > 0 && (
              <>
                <br />
                <b>{line.listed.join(' · ')}</b>
              </>
            )}
          </span>,
          <span key="state">
            {say(stateOr(line.state, line.outcome))}
            <WaitTag {...line} />
          </span>,
          line.dueOn ? <Moment key="due" at={line.dueOn} /> : <span class="muted">{say(words.noClock)}</span>,
          say(line.mine ? words.mine : (line.claimedBy?.name ?? (line.wait === 'officer' ? words.nobody : words.none))),
        ],
      }))}
    />
  )
}

/** Text of several paragraphs: an empty line parts them, and nothing in it is markup. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/).map((paragraph, at) => (
      <p key={at}>
        {paragraph.split('\n').map((line, row) => (
          <>
            {row > 0 && <br />}
            {line}
          </>
        ))}
      </p>
    ))}
  </>
)

type HistoryProps = {
  lines: readonly Line[]
  reference: string
  label: Text
  /** Whether the newest message stands open, as for whoever must read why it was decided so. */
  opensNewest?: boolean
}

/** The history of a case, the newest first. */
export function History({ lines, reference, label, opensNewest = false }: HistoryProps) {
  const { say, href } = usePage()
  const newest = opensNewest ? lines.findLast(({ message }) => message) : undefined
  const isLetter = (line: Line) => line.link?.path === letterPath(reference, line.number)
  return (
    <section>
      <h2>{say(label)}</h2>
      <ol class="ledger" reversed>
        {lines.toReversed().map((line) => (
          <li key={line.number}>
            <Moment at={line.at} />
            <div>
              <p>
                <b>{say(line.said)}</b>
                {line.by && <span class="muted"> {say(words.by, { name: line.by })}</span>}
              </p>
              {line.text && <Paragraphs text={line.text} />}
              {line.files.length > 0 && <FileLines files={line.files} />}
              {line.message && (
                <details class="details" open={line === newest}>
                  <summary>
                    <span>{say(line.message.subject)}</span>
                  </summary>
                  <div>
                    <Paragraphs text={say(line.message.text)} />
                  </div>
                </details>
              )}
              {line.link && (
                <p>
                  <a href={href(line.link.path)}>
                    {isLetter(line) ? say(words.seeLetter, { title: line.link.title }) : say(line.link.title)}
                  </a>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** A form of one button, which acts once. */
export function ActForm({
  to,
  token,
  seen,
  apart,
  children,
}: {
  to: string
  token: string
  seen?: number
  /** Below another form. */
  apart?: boolean
  children: ComponentChildren
}) {
  const { href } = usePage()
  return (
    <form method="post" action={href(to)} class={apart ? 'after-form' : undefined}>
      <input type="hidden" name="token" value={token} />
      {seen !== undefined && <input type="hidden" name="seen" value={seen} />}
      {children}
    </form>
  )
}

/** The files that were sent, each with how far it is. */
export function Files({ files, title }: { files: readonly CaseFile[]; title: string }) {
  if (files.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <FileLines files={files} />
    </section>
  )
}

const FileLines = ({ files }: { files: readonly CaseFile[] }) => (
  <ul class="plain">
    {files.map((note) => (
      <li key={note.id}>
        <FileLine note={note} path={note.path} />
      </li>
    ))}
  </ul>
)

export const Rows = ({ rows }: { rows: readonly { title: string; value: string }[] }) => (
  <dl class="summary-list">
    {rows.map(({ title, value }, at) => (
      <div key={at}>
        <dt>{title}</dt>
        <dd>{value.includes('\n') ? <Paragraphs text={value} /> : value}</dd>
      </div>
    ))}
  </dl>
)
