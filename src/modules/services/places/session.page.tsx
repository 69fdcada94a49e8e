import { Button, Details, Downloads, Moment, Page, Phrase, SummaryList, Table, Tag, texts, usePage } from '#platform'
import { dayAt } from '../cases/clocks.rules.ts'
import { officePath } from '../cases/history.ts'
import { words as desk } from '../cases/parts.tsx'
import { sessionPath, sessionsPath } from './paths.ts'
import { markable } from './places.rules.ts'
import type { SessionData } from './types.ts'
import { columns, lackingName, sessionStates, shared, stateNames } from './words.ts'

const words = texts({
  taken: { en: '{taken} of {capacity} are given', 'zh-Hant': '{capacity} 個名額中已給予 {taken} 個' },
  apply: { en: 'Applications', 'zh-Hant': '報名期' },
  until: { en: 'to', 'zh-Hant': '至' },
  list: { en: 'Who has a place, and who waits', 'zh-Hant': '參加者及輪候者' },
  nobody: { en: 'Nobody has applied yet.', 'zh-Hant': '暫未有人報名。' },
  came: { en: 'Came', 'zh-Hant': '出席' },
  tick: {
    en: 'Tick everybody who came and save. Whoever is not ticked is noted as not having come; you can correct it later.',
    'zh-Hant': '剔選所有出席者後儲存。未剔選者會記為缺席，其後仍可更正。',
  },
  mine: { en: 'A colleague notes yours', 'zh-Hant': '由同事記錄你的出席情況' },
  save: { en: 'Save who came', 'zh-Hant': '儲存出席記錄' },
  cancel: { en: 'Cancel the session', 'zh-Hant': '取消場次' },
  cancelText: {
    en: 'Everybody who has a place or waits for one is told. It cannot be undone.',
    'zh-Hant': '所有已有名額或輪候中的人都會收到通知。取消後不能還原。',
  },
  offeredUntil: { en: 'until', 'zh-Hant': '限期' },
})

/** A session and its list, on which an officer notes who came. */
export function SessionPage({ session, places, marks }: SessionData) {
  const { say, href, government } = usePage()
  // People apply to the end of the last day, whose midnight would read as the day after.
  const dayOf = (at: string, before = 0) => dayAt(new Date(Date.parse(at) - before), government.timeZone)
  const own = sessionPath(session.id)
  const title = say(session.title)
  const isOver = session.state === 'begun' || session.state === 'cancelled'
  const table = <Places places={places} marks={marks} />
  return (
    <Page
      title={title}
      wide
      breadcrumbs={[
        { text: say(desk.desk), path: '/office/services' },
        { text: say(shared.sessions), path: sessionsPath },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      <SummaryList
        rows={[
          { key: say(shared.service), value: say(session.service.title) },
          { key: say(shared.when), value: say(session.when) },
          { key: say(shared.where), value: say(session.place) },
          { key: say(shared.places), value: say(words.taken, { taken: session.taken, capacity: session.capacity }) },
          { key: say(columns.state), value: <Tag>{say(sessionStates[session.state])}</Tag> },
          {
            key: say(words.apply),
            value: (
              <>
                <Moment at={dayOf(session.opensAt)} /> {say(words.until)} <Moment at={dayOf(session.closesAt, 1)} />
              </>
            ),
          },
        ]}
      />
      {!isOver && (
        <Button kind="second" href={href(`${own}/edit`)}>
          {say(shared.edit)}
        </Button>
      )}
      <section>
        <h2>{say(words.list)}</h2>
        {places.length === 0 ? (
          <p class="empty">{say(words.nobody)}</p>
        ) : marks ? (
          <form method="post" action={href(`${own}/attendance`)}>
            <p>{say(words.tick)}</p>
            {table}
            <Button>{say(words.save)}</Button>
          </form>
        ) : (
          table
        )}
        {places.length > 0 && <Downloads files={[{ label: 'CSV', path: `${own}/places`, type: 'text/csv' }]} />}
      </section>
      {!isOver && (
        <Details summary={say(words.cancel)}>
          <p>{say(words.cancelText)}</p>
          <form method="post" action={href(`${own}/cancel`)}>
            <Button kind="harm">{say(words.cancel)}</Button>
          </form>
        </Details>
      )}
    </Page>
  )
}

function Places({ places, marks }: Pick<SessionData, 'places' | 'marks'>) {
  const { say, href } = usePage()
  return (
    <Table
      caption={say(words.list)}
      captionHidden
      narrow="stack"
      columns={[...(marks ? [words.came] : []), columns.reference, columns.name, columns.listed, columns.state].map(
        (text) => ({ label: say(text) }),
      )}
      rows={places.map(({ reference, name, listed, state, offerUntilAt, lacking, mine }) => ({
        cells: [
          ...(marks
            ? [
                mine && markable.includes(state) ? (
                  say(words.mine)
                ) : (
                  <Came key="came" reference={reference} name={name ? say(name) : reference} state={state} />
                ),
              ]
            : []),
          <a key="reference" class="number" href={href(officePath(reference))}>
            {reference}
          </a>,
          name ? say(name) : '–',
          listed.join(' · ') || '–',
          <span key="state">
            {lacking ? <Tag tone="bad">{say(lackingName)}</Tag> : say(stateNames[state])}
            {offerUntilAt && (
              <span class="muted">
                {' '}
                {say(words.offeredUntil)} <Moment at={offerUntilAt} />
              </span>
            )}
          </span>,
        ],
      }))}
    />
  )
}

type CameProps = { reference: string; name: string; state: SessionData['places'][number]['state'] }

function Came({ reference, name, state }: CameProps) {
  if (!markable.includes(state)) return <>–</>
  const id = `came-${reference}`
  return (
    <div class="choice">
      <input type="checkbox" name="attended" id={id} value={reference} checked={state === 'attended'} />
      <label for={id}>{name}</label>
    </div>
  )
}
