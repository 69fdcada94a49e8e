import { Page, Phrase, pageNames, SummaryList, usePage, writeMoment } from '#platform'
import { AnsweredInTime } from '../comments/figures.page.tsx'
import { words as commentWords } from '../comments/words.ts'
import { resultsWords } from '../rounds/results.page.tsx'
import { Subscribe } from '../subscriptions/subscriptions.page.tsx'
import { ServiceList } from './lists.page.tsx'
import type { Named, ServiceData } from './types.ts'
import { Useful } from './useful.tsx'
import { words } from './words.ts'

/** Everything that a person should know before the first question. */
export function ServicePage(service: ServiceData) {
  const page = usePage()
  const { say, href } = page
  const { number, publishedAt } = service.version
  return (
    <Page
      title={say(service.title)}
      description={say(service.summary)}
      breadcrumbs={[{ text: say(pageNames.services), path: '/services' }]}
    >
      <h1>
        <Phrase text={say(service.title)} />
      </h1>
      <p class="lead">{say(service.summary)}</p>
      {paragraphs(say(service.about)).map((each) => (
        <p key={each}>{each}</p>
      ))}
      <h2>{say(words.who)}</h2>
      <ul>
        {service.who.map((each) => (
          <li key={each.en}>{say(each)}</li>
        ))}
      </ul>
      <SummaryList
        rows={[
          { key: say(words.takes), value: say(service.takes) },
          { key: say(words.fee), value: feeOf(service, page) },
        ]}
      />
      <Documents evidence={service.evidence} />
      <Start service={service} />
      {service.results !== null && (
        <p>
          <a href={href(`/services/${service.id}/results/${service.results}`)}>
            {say(resultsWords.title, { edition: String(service.results) })}
          </a>
        </p>
      )}
      <Particulars service={service} />
      {service.related.length > 0 && (
        <>
          <h2>{say(words.related)}</h2>
          <ServiceList services={service.related} />
        </>
      )}
      <p class="muted">{say(words.version, { number, date: writeMoment(publishedAt, page) })}</p>
      {service.subscribed !== null && <Subscribe service={service.id} subscribed={service.subscribed} />}
      <AnsweredInTime answering={service.answering} />
      <p class="after-form">
        <a href={href(`/services/${service.id}/comment`)}>{say(commentWords.title)}</a>
      </p>
      <Useful service={service.id} place="page" />
    </Page>
  )
}

const paragraphs = (text: string): string[] => text.split(/\n\s*\n/)

function feeOf({ fee }: ServiceData, { say, language }: ReturnType<typeof usePage>): string {
  const whole = fee.cents % 100 === 0
  const amount = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'zh-HK', {
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(fee.cents / 100)
  const said = fee.cents === 0 ? say(words.free) : `$${amount}`
  return fee.text ? `${said} – ${say(fee.text)}` : said
}

function Documents({ evidence }: Pick<ServiceData, 'evidence'>) {
  const { say } = usePage()
  if (evidence.length === 0) return null
  return (
    <>
      <h2>{say(words.evidence)}</h2>
      <ul>
        {evidence.map(({ title, text }) => (
          <li key={title.en}>
            {say(title)}
            {text && <span class="muted"> {say(text)}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

/** The button, or why there is none today. */
function Start({ service }: { service: ServiceData }) {
  const page = usePage()
  const { say, href } = page
  const day = (at: string | undefined) => (at ? writeMoment(at, page) : '')
  const { opens, opening, signIn } = service
  const isStranger = service.subscribed === null
  if (opening === 'elsewhere') return <p>{say(words.elsewhere)}</p>
  if (opening === 'not-yet') return <p>{say(words.notYet, { from: day(opens?.from) })}</p>
  if (opening === 'closed') return <p>{say(words.closed, { until: day(opens?.until) })}</p>
  return (
    <>
      <p>
        <a class="button" href={href(`/services/${service.id}/apply`)}>
          {say(words.start)}
        </a>
      </p>
      {signIn === 'needed' && isStranger && <p>{say(words.signInNeeded)}</p>}
      {signIn === 'possible' && isStranger && <p>{say(words.signInPossible)}</p>}
      {opens?.until && <p>{say(words.openUntil, { until: day(opens.until) })}</p>}
    </>
  )
}

/** Where else, by which law, by whom. */
function Particulars({ service }: { service: ServiceData }) {
  const { say, href } = usePage()
  const link = (path: string, { id, name }: Named) => (
    <li key={id}>
      <a href={href(`${path}/${id}`)}>{say(name)}</a>
    </li>
  )
  const channels = service.channels.map(({ kind, text }) => (
    <li key={kind}>
      {say(words[kind])}
      {text && <span class="muted"> {say(text)}</span>}
    </li>
  ))
  const laws = service.legalBasis.map(({ title, url }) => (
    <li key={title.en}>{url ? <a href={url}>{say(title)}</a> : say(title)}</li>
  ))
  const offered = [...service.above, service.organisation].map((each) => link('/services/departments', each))
  const topics = [
    ...service.audiences.map((each) => link('/services/for', each)),
    ...service.lifeEvents.map((each) => link('/services/when', each)),
  ]
  const rows = [
    { key: say(words.channels), value: <ul class="plain">{channels}</ul> },
    ...(laws.length > 0 ? [{ key: say(words.law), value: <ul class="plain">{laws}</ul> }] : []),
    { key: say(words.organisation), value: <ul class="plain">{offered}</ul> },
    { key: say(words.contact), value: say(service.contact) },
    { key: say(words.topics), value: <ul class="plain">{topics}</ul> },
  ]
  return <SummaryList rows={rows} />
}
