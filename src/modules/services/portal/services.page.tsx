import type { Topic } from '#pack'
import { Page, Phrase, texts, usePage } from '#platform'
import { words } from './words.ts'

const own = texts({
  empty: {
    en: 'No service is open in this installation yet. When a department publishes one, it appears here under the moments of life and the people that it is for, and can be found by search.',
    'zh-Hant': '本系統暫時未有開放的服務。部門一旦發布服務，便會按人生階段和服務對象在這裏列出，也可以搜尋得到。',
  },
})

type Topics = { audiences: readonly Topic[]; lifeEvents: readonly Topic[] }

export function ServicesPage({ audiences, lifeEvents }: Topics) {
  const { say, href } = usePage()
  const groups = [
    { title: words.lifeEvents, topics: lifeEvents },
    { title: words.audiences, topics: audiences },
  ].filter(({ topics }) => topics.length > 0)
  return (
    <Page title={say(words.services)}>
      <h1>
        <Phrase text={say(words.services)} />
      </h1>
      <p class="lead">{say(own.empty)}</p>
      {groups.map(({ title, topics }) => (
        <section key={title.en}>
          <h2>{say(title)}</h2>
          <dl class="summary-list">
            {topics.map(({ id, name, about, address }) => (
              <div key={id} id={id}>
                <dt>{address ? <a href={href(address)}>{say(name)}</a> : say(name)}</dt>
                <dd>{say(about)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Page>
  )
}
