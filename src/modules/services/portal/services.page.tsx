import { Page, Phrase, texts, usePage } from '#platform'
import { ServiceList } from '../catalogue/lists.page.tsx'
import type { CatalogueData } from '../catalogue/types.ts'
import { words as catalogue } from '../catalogue/words.ts'
import { words as comments } from '../comments/words.ts'
import { topicPath, words } from './words.ts'

const own = texts({
  all: { en: 'All services', 'zh-Hant': '所有服務' },
  empty: {
    en: 'No service is open in this installation yet. When a department publishes one, it appears here under the moments of life and the people that it is for, and can be found by search.',
    'zh-Hant': '本系統暫時未有開放的服務。部門一旦發布服務，便會按人生階段和服務對象在這裏列出，也可以搜尋得到。',
  },
})

export function ServicesPage({ audiences, lifeEvents, services }: CatalogueData) {
  const { say, href } = usePage()
  const groups = [
    { title: words.lifeEvents, topics: lifeEvents, kind: 'when' as const },
    { title: words.audiences, topics: audiences, kind: 'for' as const },
  ].filter(({ topics }) => topics.length > 0)
  return (
    <Page title={say(words.services)}>
      <h1>
        <Phrase text={say(words.services)} />
      </h1>
      {services.length === 0 && <p class="lead">{say(own.empty)}</p>}
      {groups.map(({ title, topics, kind }) => (
        <section key={title.en}>
          <h2>{say(title)}</h2>
          <dl class="summary-list">
            {topics.map((topic) => (
              <div key={topic.id} id={topic.id}>
                <dt>
                  <a href={href(topicPath(kind, topic))}>{say(topic.name)}</a>
                </dt>
                <dd>
                  {say(topic.about)}
                  {topic.services > 0 && <p class="muted">{say(catalogue.count, { count: topic.services })}</p>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>
        <a href={href('/services/departments')}>{say(catalogue.departments)}</a>
      </p>
      <p>
        <a href={href('/services/figures')}>{say(comments.figures)}</a>
      </p>
      {services.length > 0 && (
        <section>
          <h2>{say(own.all)}</h2>
          <ServiceList services={services} />
        </section>
      )}
    </Page>
  )
}
