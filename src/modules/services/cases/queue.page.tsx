import { Button, Page, Phrase, texts, usePage } from '#platform'
import { words as comments } from '../comments/words.ts'
import { heldTitle } from '../files/words.ts'
import { words as grants } from '../grants/words.ts'
import { shared as sessions } from '../places/words.ts'
import { shared as rounds } from '../rounds/words.ts'
import { Alarm } from '../webhooks/alarm.tsx'
import { shared as cohorts } from './cohorts/words.ts'
import { ActForm, CaseTable, words as shared } from './parts.tsx'
import type { QueueData } from './types.ts'

const words = texts({
  lead: {
    en: 'Cases of {organisation}, by the day on which they are due.',
    'zh-Hant': '{organisation}的個案，按限期排列。',
  },
  nobody: {
    en: 'You act for no department here. Choose one at your account to see its cases.',
    'zh-Hant': '你現時不代表任何部門。請在帳戶選擇部門以查看其個案。',
  },
  places: { en: 'Other places of work', 'zh-Hant': '其他工作頁面' },
  next: { en: 'Take the next case', 'zh-Hant': '領取下一宗' },
  mine: { en: 'My cases', 'zh-Hant': '我的個案' },
  mineNone: {
    en: 'You have no case. Take the next one, or choose one below.',
    'zh-Hant': '你沒有個案。可領取下一宗，或在下面選擇。',
  },
  free: { en: 'Free', 'zh-Hant': '待領取' },
  freeNone: {
    en: 'No case waits. What people send stands here at once.',
    'zh-Hant': '沒有個案待領取。收到申請後即會在此列出。',
  },
  soon: { en: 'Due within three working days', 'zh-Hant': '三個工作天內到期' },
  reply: { en: 'Waiting for a reply', 'zh-Hant': '等候答覆' },
  approvals: { en: 'For your approval', 'zh-Hant': '待你批准' },
  complaints: { en: 'Complaints to answer', 'zh-Hant': '待回覆的投訴' },
  every: { en: 'All cases', 'zh-Hant': '所有個案' },
  counts: { en: 'What waits', 'zh-Hant': '待辦' },
  counted: { en: '{title} ({count})', 'zh-Hant': '{title}（{count}）' },
  many: { en: '{title} ({count} or more)', 'zh-Hant': '{title}（{count} 或以上）' },
})

export function QueuePage(data: QueueData) {
  const { say, href } = usePage()
  const { counts, organisation } = data
  const title = say(shared.desk)
  const list = '/office/services/cases'
  const links = [
    [words.mine, counts.mine, `${list}?whose=mine`],
    [words.free, counts.free, `${list}?whose=free`],
    [words.soon, counts.soon, `${list}?due=soon`],
    [shared.overdue, counts.overdue, `${list}?due=overdue`],
    [words.reply, counts.reply, `${list}?wait=reply`],
    [shared.approval, counts.approval, `${list}?wait=approval`],
    ...(data.decides ? [[words.complaints, counts.complaints, `${list}?complained=yes&ended=yes`] as const] : []),
  ] as const
  const places = [
    [words.every, list],
    [shared.figures, '/office/services/figures'],
    [comments.office, '/office/services/comments'],
    [sessions.sessions, '/office/services/sessions'],
    [grants.grants, '/office/services/grants'],
    [heldTitle, '/office/services/files'],
    ...(data.decides
      ? ([
          [rounds.rounds, '/office/services/rounds'],
          [cohorts.cohorts, '/office/services/cohorts'],
        ] as const)
      : []),
  ] as const
  return (
    <Page title={title} wide>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{organisation ? say(words.lead, { organisation }) : say(words.nobody)}</p>
      {data.undelivered > 0 && <Alarm count={data.undelivered} />}
      <ActForm to="/office/services/next" token={data.token}>
        <Button>{say(words.next)}</Button>
      </ActForm>
      <nav class="filter after-form" aria-label={say(words.counts)}>
        <ul>
          {links.map(([text, count, path]) => (
            <li key={path}>
              <a href={href(path)}>{say(count >= 1000 ? words.many : words.counted, { title: text, count })}</a>
            </li>
          ))}
        </ul>
      </nav>
      <nav class="filter" aria-label={say(words.places)}>
        <ul>
          {places.map(([text, path]) => (
            <li key={path}>
              <a href={href(path)}>{say(text)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {data.approval.length > 0 && (
        <section>
          <h2>{say(words.approvals)}</h2>
          <CaseTable caption={say(words.approvals)} cases={data.approval} />
        </section>
      )}
      {data.complaints.length > 0 && (
        <section>
          <h2>{say(words.complaints)}</h2>
          <CaseTable caption={say(words.complaints)} cases={data.complaints} />
        </section>
      )}
      <section>
        <h2>{say(words.mine)}</h2>
        {data.mine.length === 0 ? (
          <p class="empty">{say(words.mineNone)}</p>
        ) : (
          <CaseTable caption={say(words.mine)} cases={data.mine} />
        )}
      </section>
      <section>
        <h2>{say(words.free)}</h2>
        {data.free.length === 0 ? (
          <p class="empty">{say(words.freeNone)}</p>
        ) : (
          <CaseTable caption={say(words.free)} cases={data.free} />
        )}
      </section>
    </Page>
  )
}
