import { Page, Phrase, Table, Tag, texts, usePage } from '#platform'
import { officePath } from '../cases/history.ts'
import type { MatchesData } from './matches.routes.ts'

const words = texts({
  title: { en: 'What fits {reference}', 'zh-Hant': '與 {reference} 匹配的個案' },
  lead: {
    en: 'Open cases of “{service}”, by how much of what is asked for here they have. Looked at: {looked}.',
    'zh-Hant': '「{service}」的未完結個案，按符合程度排列。已查看 {looked} 宗。',
  },
  more: { en: 'Older ones were not looked at.', 'zh-Hant': '較舊的個案未有查看。' },
  none: {
    en: 'No open case fits yet. One that comes in and fits appears here.',
    'zh-Hant': '暫未有匹配的個案。有符合的個案時，會在此列出。',
  },
  case: { en: 'Case', 'zh-Hant': '個案' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  shared: { en: 'In common', 'zh-Hant': '共同之處' },
  fits: { en: 'Fits', 'zh-Hant': '符合' },
  percent: { en: '{percent} %', 'zh-Hant': '{percent}%' },
  names: { en: 'Names the other', 'zh-Hant': '指明對方' },
})

/** Cases of another service that fit one, the best first. */
export function MatchesPage({ reference, service, looked, more, matches }: MatchesData) {
  const { say, href } = usePage()
  const title = say(words.title, { reference })
  return (
    <Page title={title} wide breadcrumbs={[{ text: reference, path: officePath(reference) }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">
        {say(words.lead, { service, looked })} {more && say(words.more)}
      </p>
      {matches.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={title}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(words.case) },
            { label: say(words.state) },
            { label: say(words.shared) },
            { label: say(words.fits), numeric: true },
          ]}
          rows={matches.map((each) => ({
            cells: [
              <span key="case">
                <a class="number" href={href(officePath(each.reference))}>
                  {each.reference}
                </a>
                {each.listed.length > 0 && (
                  <>
                    <br />
                    <b>{each.listed.join(' · ')}</b>
                  </>
                )}
              </span>,
              say(each.state),
              <span key="shared">
                {each.names && <Tag tone="good">{say(words.names)}</Tag>}{' '}
                {each.shared.map((text) => say(text)).join(' · ')}
              </span>,
              say(words.percent, { percent: each.percent }),
            ],
          }))}
        />
      )}
    </Page>
  )
}
