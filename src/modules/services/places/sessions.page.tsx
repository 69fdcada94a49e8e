import { Button, Page, Phrase, Table, Tag, texts, usePage } from '#platform'
import { words as desk } from '../cases/parts.tsx'
import { sessionPath, sessionsPath } from './paths.ts'
import type { SessionsData } from './types.ts'
import { sessionStates, shared, without } from './words.ts'

const words = texts({
  lead: {
    en: 'Sessions among which people choose when they apply for a course of your department.',
    'zh-Hant': '市民報讀部門課程時可選擇的場次。',
  },
  noService: {
    en: 'No service of your department has sessions.',
    'zh-Hant': '部門沒有設場次的服務。',
  },
  none: {
    en: 'There is no session yet. Add one, and people can choose it from the first day to apply.',
    'zh-Hant': '暫未有場次。新增後，市民即可由開始報名日期起選擇。',
  },
  taken: { en: '{taken} of {capacity}', 'zh-Hant': '{taken}／{capacity}' },
  waiting: { en: '{waiting} wait', 'zh-Hant': '{waiting} 人輪候' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  name: { en: 'Session', 'zh-Hant': '場次' },
})
const tones = { early: 'warn', open: 'good', closed: 'warn', begun: 'act', cancelled: 'bad' } as const

/** The sessions of a department, the latest first. */
export function SessionsPage({ offers, sessions }: SessionsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(shared.sessions)} wide breadcrumbs={[{ text: say(desk.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={say(shared.sessions)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p class="apart">
        {offers ? <Button href={href(`${sessionsPath}/new`)}>{say(shared.add)}</Button> : say(words.noService)}
      </p>
      {sessions.length === 0 ? (
        offers && <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.sessions)}
          captionHidden
          narrow="stack"
          columns={[words.name, shared.when, shared.where, shared.places, words.state].map((text) => ({
            label: say(text),
          }))}
          rows={sessions.map((each) => ({
            cells: [
              <span key="name">
                <a href={href(sessionPath(each.id))}>{say(each.title)}</a>
                <br />
                <span class="muted">{say(each.service.title)}</span>
              </span>,
              say(each.when),
              say(each.place),
              <span key="places">
                {say(words.taken, { taken: each.taken, capacity: each.capacity })}
                {each.waiting > 0 && <span class="muted"> · {say(words.waiting, { waiting: each.waiting })}</span>}
                {each.lacking > 0 && (
                  <>
                    {' '}
                    <Tag tone="bad">{say(without, { lacking: each.lacking })}</Tag>
                  </>
                )}
              </span>,
              <Tag key="state" tone={tones[each.state]}>
                {say(sessionStates[each.state])}
              </Tag>,
            ],
          }))}
        />
      )}
    </Page>
  )
}
