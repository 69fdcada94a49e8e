import { Moment, Page, Phrase, Tag, texts, usePage } from '#platform'
import { ownPath } from './history.ts'
import { stateOr } from './parts.tsx'
import type { OwnCasesData } from './types.ts'

export const words = texts({
  title: { en: 'My applications', 'zh-Hant': '我的申請' },
  account: { en: 'My account', 'zh-Hant': '我的帳戶' },
  none: {
    en: 'You have not applied for anything yet. What you send while signed in stands here, with what happens next.',
    'zh-Hant': '你尚未提出申請。登入後送出的申請會在此列出，並列明下一步。',
  },
  asks: { en: 'A question waits for you', 'zh-Hant': '有提問待你答覆' },
  ended: { en: 'Ended', 'zh-Hant': '已結束' },
  since: { en: 'since', 'zh-Hant': '自' },
})

export function OwnCasesPage({ cases }: OwnCasesData) {
  const { say, href } = usePage()
  const title = say(words.title)
  return (
    <Page title={title} breadcrumbs={[{ text: say(words.account), path: '/account' }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      {cases.length === 0 && <p class="empty">{say(words.none)}</p>}
      <ul class="ledger">
        {cases.map((line) => (
          <li key={line.reference}>
            <Moment at={line.openedAt} />
            <div>
              <p>
                <a href={href(ownPath(line.reference))}>
                  {say(line.title)} · {line.reference}
                </a>
              </p>
              <p>
                <Tag {...(line.ended ? {} : { tone: 'good' as const })}>{say(stateOr(line.state, line.ended))}</Tag>{' '}
                {line.wait === 'reply' && <Tag tone="act">{say(words.asks)}</Tag>}{' '}
                <span class="muted">
                  {say(words.since)} <Moment at={line.stateSinceAt} />
                </span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}
