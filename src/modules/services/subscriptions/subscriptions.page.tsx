import { Button, Moment, Page, Phrase, pageNames, Table, texts, usePage } from '#platform'
import type { SubscriptionsData } from './types.ts'

export const words = texts({
  title: { en: 'Changes to services', 'zh-Hant': '服務更改通知' },
  lead: {
    en: 'When one of these services changes, a message in your inbox says what changed.',
    'zh-Hant': '以下服務有更改時，收件箱會收到訊息，列明更改之處。',
  },
  none: {
    en: 'You are told of no service. Open the page of a service and press “Tell me when it changes”.',
    'zh-Hant': '你沒有訂閱任何服務。請在服務頁面按「更改時通知我」。',
  },
  service: { en: 'Service', 'zh-Hant': '服務' },
  since: { en: 'Since', 'zh-Hant': '訂閱時間' },
  act: { en: 'Act', 'zh-Hant': '操作' },
  subscribe: { en: 'Tell me when it changes', 'zh-Hant': '更改時通知我' },
  subscribed: {
    en: 'You are told in your inbox when this service changes.',
    'zh-Hant': '這項服務更改時，收件箱會收到通知。',
  },
  end: { en: 'Tell me no more', 'zh-Hant': '不再通知我' },
})

/** The services of whose changes a person is told, each with a button that ends it. */
export function SubscriptionsPage({ services }: SubscriptionsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={[{ text: say(pageNames.account), path: '/account' }]}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.title)}
          captionHidden
          narrow="stack"
          columns={[words.service, words.since, words.act].map((text) => ({ label: say(text) }))}
          rows={services.map(({ id, title, subscribedAt }) => ({
            cells: [
              <a key="service" href={href(`/services/${id}`)}>
                {say(title)}
              </a>,
              <Moment key="since" at={subscribedAt} />,
              <form key="act" method="post" action={href(`/services/${id}/unsubscribe?from=account`)}>
                <Button kind="link">
                  {say(words.end)}
                  <span class="visually-hidden"> {say(title)}</span>
                </Button>
              </form>,
            ],
          }))}
        />
      )}
    </Page>
  )
}

/** On the page of a service, for whoever is signed in. */
export function Subscribe({ service, subscribed }: { service: string; subscribed: boolean }) {
  const { say, href } = usePage()
  return (
    <form method="post" action={href(`/services/${service}/${subscribed ? 'unsubscribe' : 'subscribe'}`)}>
      {subscribed && <p>{say(words.subscribed)}</p>}
      <Button kind={subscribed ? 'link' : 'second'}>{say(subscribed ? words.end : words.subscribe)}</Button>
    </form>
  )
}
