import { Mark, Page, Phrase, texts, usePage } from '#platform'
import type { SystemsAnswer } from './answers.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'The systems that the budget pays for', 'zh-Hant': '預算所支付的系統' },
  lead: {
    en: 'Each line of the Head leads to a system, and each system back to its line. Open one to see whether it runs and what it does now.',
    'zh-Hant': '總目的每一行都通往一個系統，每個系統也能返回那一行。打開任何一個，看它有否運行、此刻在做甚麼。',
  },
  here: { en: 'Running here', 'zh-Hant': '在此運行' },
  waits: { en: 'Not running yet', 'zh-Hant': '尚未運行' },
  count: { en: '{title}: {count}', 'zh-Hant': '{title}：{count} 個' },
})

type Line = SystemsAnswer['systems'][number]

/** Those that run first, each with its first sentence. */
export function SystemsPage({ systems }: SystemsAnswer) {
  const { say } = usePage()
  const runs = ({ modules }: Line) => modules.some(({ running }) => running)
  const groups = [
    { id: 'here', list: systems.filter(runs) },
    { id: 'waits', list: systems.filter((each) => !runs(each)) },
  ] as const
  return (
    <Page title={say(own.title)} wide breadcrumbs={[{ text: say(words.estimates), path: '/estimates' }]}>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <p class="lead">{say(own.lead)}</p>
      {groups.map(
        ({ id, list }) =>
          list.length > 0 && (
            <section key={id} aria-labelledby={id}>
              <h2 id={id}>
                <Mark kind={id === 'here' ? 'holds' : 'unchecked'}>
                  {say(own.count, { title: say(own[id]), count: list.length })}
                </Mark>
              </h2>
              <ul class="entries">
                {list.map((system) => (
                  <SystemLine key={system.id} system={system} />
                ))}
              </ul>
            </section>
          ),
      )}
    </Page>
  )
}

function SystemLine({ system: { id, name, description } }: { system: Line }) {
  const { say, href } = usePage()
  return (
    <li id={id}>
      <a href={href(`/systems/${id}`)}>{say(name)}</a>
      <span>{firstSentence(say(description))}</span>
    </li>
  )
}

const firstSentence = (text: string): string => /^.*?(。|[.](?=\s|$))/.exec(text)?.[0] ?? text
