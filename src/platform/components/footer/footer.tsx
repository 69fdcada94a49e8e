import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { pageNames } from '../../page-names.ts'

const words = texts({
  notOfficial: { en: 'A demonstration. Not a site of the {name}.', 'zh-Hant': '示範系統，並非{name}網站。' },
  more: { en: 'About this site', 'zh-Hant': '關於本網站' },
  figures: { en: 'Live figures', 'zh-Hant': '即時數字' },
  developers: pageNames.developers,
  style: pageNames.style,
  data: { en: 'This page as data', 'zh-Hant': '本頁的數據版本' },
})

export function Footer() {
  const { say, href, path, government, demonstration } = usePage()
  const [address, query] = path.split('?') as [string, string | undefined]
  const data = `${address === '/' ? '/index' : address}.json${query ? `?${query}` : ''}`
  return (
    <footer class="footer container">
      <div class="footer__inner">
        <p>{say(demonstration ? words.notOfficial : government.name, { name: say(government.name) })}</p>
        <nav aria-label={say(words.more)}>
          <ul>
            {(government.alone ? [] : (['figures', 'developers', 'style'] as const)).map((each) => (
              <li key={each}>
                <a href={href(`/${each}`)}>{say(words[each])}</a>
              </li>
            ))}
            <li>
              <a href={href(data)} type="application/json">
                {say(words.data)}
              </a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  )
}
