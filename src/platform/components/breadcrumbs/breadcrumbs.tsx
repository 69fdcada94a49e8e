import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  trail: { en: 'Where you are', 'zh-Hant': '目前位置' },
  home: { en: 'Home', 'zh-Hant': '主頁' },
})

export type Crumb = { text: string; path: string }

/** The pages above this one, from the home page on; the page itself is named by its heading. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  const { say, href } = usePage()
  return (
    <nav class="breadcrumbs" aria-label={say(words.trail)}>
      <ol>
        {[{ text: say(words.home), path: '/' }, ...items].map(({ text, path }) => (
          <li key={path}>
            <a href={href(path)}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
