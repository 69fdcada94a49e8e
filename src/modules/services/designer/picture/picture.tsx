import { Fragment } from 'preact'
import { Table, Tag, texts, usePage } from '#platform'
import type { Pictured } from './draft.rules.ts'
import { drawCase, type Picture, type PicturedArrow, type PicturedState, reachedFrom, sizes } from './picture.rules.ts'

const words = texts({
  picture: {
    en: 'How a case goes, as a picture: {states} states and the {steps} steps between them. The table under it says the same.',
    'zh-Hant': '個案流程圖：{states} 個狀況，以及其間的 {steps} 個步驟。下表載有相同內容。',
  },
  scroll: { en: 'Picture of how a case goes', 'zh-Hant': '個案流程圖' },
  tooMuch: {
    en: 'There are too many steps for a picture. The table has them all.',
    'zh-Hant': '步驟太多，無法繪圖。下表列出全部步驟。',
  },
  table: { en: 'States and their steps', 'zh-Hant': '狀況及其步驟' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  step: { en: 'Step', 'zh-Hant': '步驟' },
  to: { en: 'Leads to', 'zh-Hant': '轉至' },
  by: { en: 'Taken by', 'zh-Hant': '執行者' },
  begins: { en: 'A case begins here', 'zh-Hant': '個案由此開始' },
  working: { en: '{days} working days', 'zh-Hant': '{days} 個工作天' },
  calendar: { en: '{days} days', 'zh-Hant': '{days} 天' },
  none: { en: 'No step leads on', 'zh-Hant': '沒有後續步驟' },
  unreached: { en: 'Not reached from the beginning', 'zh-Hant': '由起點無法到達' },
  granted: { en: 'Ends: granted', 'zh-Hant': '結束：批准' },
  refused: { en: 'Ends: refused', 'zh-Hant': '結束：不批准' },
  withdrawn: { en: 'Ends: withdrawn', 'zh-Hant': '結束：撤回' },
  done: { en: 'Ends: done', 'zh-Hant': '結束：完成' },
  fourEyes: { en: '{roles}, and another officer approves', 'zh-Hant': '{roles}，並須由另一名人員批准' },
})
const comma = { en: ', ', 'zh-Hant': '、', 'zh-Hans': '、' }

/** The states and steps of a case as a picture, and under it as a table for whoever cannot see it or wants to look closely. A draft comes through `picturedOf`. */
export function CasePicture({ definition }: { definition: Pictured }) {
  const { say, language } = usePage()
  const { begins, states, steps } = definition
  const clockOf = clockWords()
  const picture = drawCase(
    {
      begins,
      states: states.map((state) => ({
        id: state.id,
        title: say(state.title),
        note: clockOf(state),
        ends: state.ends,
      })),
      steps: steps.map((step) => ({ title: say(step.title), from: step.from, to: step.to })),
    },
    language,
  )
  return (
    <>
      {picture ? (
        <section
          class="table-scroll"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
          tabIndex={0}
          aria-label={say(words.scroll)}
        >
          <Drawing picture={picture} name={say(words.picture, { states: states.length, steps: steps.length })} />
        </section>
      ) : (
        states.length > 0 && <p>{say(words.tooMuch)}</p>
      )}
      <StatesTable definition={definition} />
    </>
  )
}

/** How long a case may stay in a state, as it is written. */
function clockWords() {
  const { say } = usePage()
  return ({ clock }: Pictured['states'][number]) => clock && say(words[clock.count], { days: clock.days })
}

const colours = { granted: 'var(--jade)', refused: 'var(--ferry)', withdrawn: 'var(--muted)', done: 'var(--muted)' }

function Drawing({ picture: { width, height, begin, states, arrows }, name }: { picture: Picture; name: string }) {
  return (
    <svg
      role="img"
      aria-label={name}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      text-anchor="middle"
      fill="var(--ink)"
    >
      {begin && (
        <>
          <circle cx={begin.x} cy={begin.y} r="6" />
          <path d={begin.line} fill="none" stroke="var(--ink)" stroke-width="1.5" />
          <path d={begin.head} />
        </>
      )}
      {arrows.map((arrow, at) => (
        <Arrow key={at} arrow={arrow} />
      ))}
      {states.map((state) => (
        <State key={state.id} state={state} />
      ))}
    </svg>
  )
}

/** What leads back is broken, so that the eye finds what leads on. */
function Arrow({ arrow: { line, head, lines, isBack } }: { arrow: PicturedArrow }) {
  return (
    <g>
      <path
        d={line}
        fill="none"
        stroke="var(--control)"
        stroke-width="1.5"
        stroke-dasharray={isBack ? '6 4' : undefined}
      />
      <path d={head} fill="var(--control)" />
      {lines.map(({ text, x, y }, at) => (
        <text key={at} x={x} y={y} font-size={sizes.small} fill="var(--muted)">
          {text}
        </text>
      ))}
    </g>
  )
}

/** An end has two borders, and what nothing leads to a broken one: colour is never all that tells. */
function State({ state: { x, y, width, height, ends, lines, loops, isReached } }: { state: PicturedState }) {
  const colour = ends ? colours[ends] : 'var(--harbour)'
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        rx="2"
        fill="var(--surface)"
        stroke={colour}
        stroke-width="1.5"
        stroke-dasharray={isReached ? undefined : '3 4'}
      />
      {ends && (
        <rect
          {...{ x: x + 4, y: y + 4, width: width - 8, height: height - 8 }}
          rx="1"
          fill="none"
          stroke={colour}
          stroke-width="1"
        />
      )}
      {lines.map(({ text, x, y, kind }, at) => (
        <text
          key={at}
          x={x}
          y={y}
          font-size={sizes[kind]}
          font-weight={kind === 'title' ? 600 : undefined}
          fill={kind === 'title' ? (ends ? colour : undefined) : 'var(--muted)'}
        >
          {text}
        </text>
      ))}
      {loops.map(({ x, y }, at) => (
        <g key={at}>
          <path d={`M${x - 4} ${y - 3}a5 5 0 1 0 5 -2`} fill="none" stroke="var(--control)" stroke-width="1.5" />
          <path d={`M${x - 1} ${y - 5}l6 -3.5v7z`} fill="var(--control)" />
        </g>
      ))}
    </g>
  )
}

function StatesTable({ definition: { begins, states, steps, roles } }: { definition: Pictured }) {
  const { say, language } = usePage()
  const clockOf = clockWords()
  const stateTitles = new Map(states.map(({ id, title }) => [id, say(title)]))
  const roleTitles = new Map(roles.map(({ id, title }) => [id, say(title)]))
  const reached = reachedFrom(begins, steps)
  const takers = ({ by, fourEyes }: Pictured['steps'][number]) => {
    const named = by.map((id) => roleTitles.get(id) ?? id).join(comma[language])
    return fourEyes ? say(words.fourEyes, { roles: named }) : named
  }
  const rows = states.flatMap((state) => {
    const own = steps.filter(({ from }) => from.includes(state.id))
    const leadsOn = own.length > 0 || state.ends
    const notes = [
      state.id === begins && say(words.begins),
      !reached.has(state.id) && say(words.unreached),
      clockOf(state),
      state.ends && say(words[state.ends]),
      !leadsOn && say(words.none),
    ]
    const name = (
      <>
        {say(state.title)}
        {notes.filter(Boolean).map((note, at) => (
          <Fragment key={at}>
            <br />
            <Tag>{note}</Tag>
          </Fragment>
        ))}
      </>
    )
    if (own.length === 0) return [{ cells: [name, '', '', ''] }]
    return own.map((step, at) => ({
      cells: [
        at === 0 ? name : say(state.title),
        say(step.title),
        stateTitles.get(step.to) ?? (step.to || '–'),
        takers(step),
      ],
    }))
  })
  const columns = [words.state, words.step, words.to, words.by].map((text) => ({ label: say(text) }))
  return <Table caption={say(words.table)} columns={columns} rows={rows} narrow="stack" dense />
}
