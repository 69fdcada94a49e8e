import { Mark, Page, Phrase, texts, usePage } from '#platform'
import { words as shared } from '../publish/words.ts'
import type { SystemsAnswer } from './answers.ts'

const own = texts({
  title: { en: 'The systems that the budget pays for', 'zh-Hant': '預算所支付的系統' },
  lead: {
    en: 'Each line of the Head leads to a system, and each system back to its line. Open one to see whether it runs and what it does now.',
    'zh-Hant': '總目的每行開支都連到所支付的系統，每個系統亦連回該行。選取任何系統，可看是否已經運行，以及現時的數字。',
  },
  here: { en: 'Running here', 'zh-Hant': '運行中' },
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
    <Page title={say(own.title)} wide breadcrumbs={[{ text: say(shared.estimates), path: '/estimates' }]}>
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
