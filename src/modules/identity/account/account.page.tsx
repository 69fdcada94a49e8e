import { type ActLine, Moment, NotificationBanner, Page, Phrase, pageNames, type Text, texts, usePage } from '#platform'
import { path as requestsPath } from '../ciba/requests.page.tsx'
import { Done, onTheWay } from '../done.tsx'
import { InboxLine } from '../inbox/inbox.page.tsx'
import { RecoveredBanner } from './devices.page.tsx'
import { StopBanner, type Waits } from './protection.page.tsx'
import { clients, sections, worksOf } from './sections.ts'

const words = texts({
  asked: { en: 'Staff wait for your answer', 'zh-Hant': '有職員正等待你的回覆' },
  seeAsked: { en: 'See what they ask', 'zh-Hant': '查看要求' },
  proof: { en: 'Proof', 'zh-Hant': '證明' },
  actsFor: { en: 'You act for: {organisation}', 'zh-Hant': '你代表{organisation}行事。' },
  actsForPerson: { en: 'You act for: {name}', 'zh-Hant': '你代{name}行事。' },
  actsForSelf: { en: 'You act for yourself.', 'zh-Hant': '你以個人身份行事。' },
  own: { en: 'Your own account', 'zh-Hant': '個人帳戶' },
  work: { en: 'Your work', 'zh-Hant': '你的職務' },
  trail: { en: 'What you did here', 'zh-Hant': '你的操作紀錄' },
  empty: {
    en: 'Nothing yet. Everything that you change here will be listed, newest first.',
    'zh-Hant': '暫時沒有紀錄。你在這裏所作的每項更改都會列出，新的在前。',
  },
  earlier: { en: 'Earlier', 'zh-Hant': '較早的紀錄' },
  leave: { en: 'Sign out', 'zh-Hant': '登出' },
  close: { en: 'Close this account', 'zh-Hant': '關閉此帳戶' },
  see: { en: 'See it', 'zh-Hant': '查看' },
})

type Account = {
  person: { id: string; name: Text }
  organisation: { id: string; name: Text } | null
  acts: (ActLine & { sentence: Text; leads: boolean })[]
  /** Whether each of them can be proved. */
  proves: boolean
  next: number | null
  recovered: boolean
  waits: Waits
  recovery: string | null
  unread: number
  requests: number
  developer: boolean
  places: { path: string; title: Text; line?: Text; isWork: boolean }[]
}

/** A ledger of one's dealings: newest first, a sentence per line. */
export function AccountPage(data: Account) {
  const { person, organisation, acts, proves, next, recovered, waits, recovery, unread, requests, developer, places } =
    data
  const { say, href, person: me } = usePage()
  const other = me?.onBehalfOf
  // Roles are held in an organisation that there is.
  const own = [...places.filter(({ isWork }) => !isWork), ...sections]
  const listed = developer && !other ? [...own, clients] : own
  const others = places.filter(({ isWork }) => isWork).map(({ path, title }) => ({ path, text: title }))
  const works = me && organisation && !other ? [...worksOf(me), ...others] : []
  return (
    <Page title={say(pageNames.account)}>
      {requests > 0 && (
        <NotificationBanner tone="warn" title={say(words.asked)} id="asked">
          <p>
            <a href={href(requestsPath)}>{say(words.seeAsked)}</a>
          </p>
        </NotificationBanner>
      )}
      <Done of={onTheWay} />
      {recovered && <RecoveredBanner waits={waits} />}
      {recovery && <StopBanner at={recovery} />}
      <h1>
        <Phrase text={say(person.name)} />
      </h1>
      <p>
        {other
          ? say(words.actsForPerson, { name: other.name })
          : organisation
            ? say(words.actsFor, { organisation: organisation.name })
            : say(words.actsForSelf)}
      </p>
      <p>
        <InboxLine unread={unread} />
      </p>
      <form method="post" action={href('/sign-out')}>
        <button type="submit" class="button button--second">
          {say(words.leave)}
        </button>
      </form>
      {works.length > 0 && (
        <>
          <h2>{say(words.work)}</h2>
          <ul>
            {works.map(({ path, text }) => (
              <li key={path}>
                <a href={href(path)}>{say(text)}</a>
              </li>
            ))}
          </ul>
          <h2>{say(words.own)}</h2>
        </>
      )}
      <ul class="sections">
        {listed.map(({ path, title, line }) => (
          <li key={path}>
            <a href={href(path)}>{say(title)}</a> {line && <span>{say(line)}</span>}
          </li>
        ))}
      </ul>
      <h2>{say(words.trail)}</h2>
      {acts.length === 0 ? (
        <p>{say(words.empty)}</p>
      ) : (
        <ul class="ledger">
          {acts.map((act) => (
            <li key={act.id}>
              <Moment at={act.at} /> {say(act.sentence)}
              {/* What the act was done on, by its address, where that is a page. */}
              {act.leads && (
                <>
                  {' '}
                  <a href={href(`/${act.subject}`)}>
                    {nameOf(act.subject) ?? (
                      <>
                        {say(words.see)}
                        <span class="visually-hidden"> {say(act.sentence)}</span>
                      </>
                    )}
                  </a>
                </>
              )}
              {proves && (
                <>
                  {' '}
                  <a href={href(`/ledger/acts/${act.id}`)}>
                    {say(words.proof)}
                    <span class="visually-hidden">
                      {' '}
                      {say(act.sentence)} {act.id}
                    </span>
                  </a>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {next !== null && <a href={href(`/account?before=${next}`)}>{say(words.earlier)}</a>}
      <p>
        <a href={href('/account/close')}>{say(words.close)}</a>
      </p>
    </Page>
  )
}

/** What an address tells a person: the year and number of a Head, and not how we name a page or a row. */
function nameOf(subject: string): string | undefined {
  const parts = subject.split('/').slice(1)
  return parts.length > 0 && parts.every((part) => /^[0-9-]{1,9}$/.test(part)) ? parts.join(' · ') : undefined
}
