import { Button, Moment, TaskList, texts, usePage } from '#platform'
import { ApplicationFrame, Heading } from './frame.tsx'
import { DeleteDraft } from './later.page.tsx'
import type { TasksData } from './types.ts'

const own = texts({
  done: { en: '{done} of {all} pages are done.', 'zh-Hant': '{all} 頁之中已完成 {done} 頁。' },
  more: {
    en: 'Pages that depend on an answer appear when it is given.',
    'zh-Hant': '視乎答案而定的頁面，會在回答後出現。',
  },
  kept: { en: 'Kept until', 'zh-Hant': '保留至' },
  check: { en: 'Check your answers and send', 'zh-Hant': '核對答案並提交' },
  last: {
    en: 'When everything is done you look at all answers once more and send them.',
    'zh-Hant': '全部完成後，你可再核對一次，然後提交。',
  },
})

/** A long application as a list of what is left to do. */
export function TasksPage({ application, sections, check }: TasksData) {
  const { say, href } = usePage()
  const all = sections.flatMap(({ pages }) => pages)
  const done = all.filter(({ state }) => state === 'done').length
  const title = say(application.service.title)
  return (
    <ApplicationFrame application={application} title={title}>
      <Heading text={title} />
      <p>
        {say(own.done, { done, all: all.length })} {say(own.more)}
      </p>
      {sections.map(({ title, pages }) =>
        pages.length === 0 ? null : (
          <section key={say(title)}>
            <h2>{say(title)}</h2>
            <TaskList
              tasks={pages.map((page) => ({
                title: say(page.title),
                state: page.state,
                ...(page.path && { path: page.path }),
              }))}
            />
          </section>
        ),
      )}
      {check ? (
        <p class="after-form">
          <Button href={href(check)}>{say(own.check)}</Button>
        </p>
      ) : (
        <p>{say(own.last)}</p>
      )}
      <p class="muted">
        {say(own.kept)} <Moment at={application.keptUntil.slice(0, 10)} />
      </p>
      <DeleteDraft application={application} />
    </ApplicationFrame>
  )
}
