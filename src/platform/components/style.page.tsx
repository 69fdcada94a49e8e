import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'
import type { allExamples } from './all-examples.ts'
import { Page } from './page/page.tsx'

const words = texts({
  title: { en: 'How it looks', 'zh-Hant': '版面元件' },
  lead: {
    en: 'Every piece that the pages of this site are made of, with examples.',
    'zh-Hant': '本網站各頁所用的每個元件，連同例子。',
  },
})

type Style = { example: string | null; all: ReturnType<typeof allExamples> }

/** Every component with its examples; `?example=table` shows those of one. */
export function StylePage({ example, all }: Style) {
  const { say } = usePage()
  const shown = all.filter(([name]) => example === null || name === example)
  return (
    <Page title={say(words.title)} description={say(words.lead)} wide>
      <h1>{say(words.title)}</h1>
      <p class="lead">{say(words.lead)}</p>
      <div class="examples">
        {shown.map(([component, examples]) => (
          <section key={component} id={`style-${component}`}>
            <h2 lang="en">{component}</h2>
            {examples.map(({ name, render: Example }) => (
              <div key={name}>
                <p class="example-name" lang="en">
                  {name}
                </p>
                <Example />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Page>
  )
}
