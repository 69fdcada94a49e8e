import { texts } from '../languages.ts'
import { usePage } from '../page.tsx'
import { pageNames } from '../page-names.ts'
import type { allExamples } from './all-examples.ts'
import { Page } from './page/page.tsx'

const words = texts({
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
    <Page title={say(pageNames.style)} description={say(words.lead)} wide>
      <h1>{say(pageNames.style)}</h1>
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
