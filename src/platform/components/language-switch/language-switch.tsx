import { texts } from '../../languages.ts'
import { usePage, withLanguage } from '../../page.tsx'

const words = texts({ languages: { en: 'Language', 'zh-Hant': '語文' } })

/** The same page in each language of the government, query included. */
export function LanguageSwitch() {
  const { language, say, path, government } = usePage()
  return (
    <nav class="languages" aria-label={say(words.languages)}>
      <ul>
        {government.languages.map((each) => (
          <li key={each.address} lang={each.language}>
            {each.language === language ? (
              <span aria-current="true">{each.name}</span>
            ) : (
              <a href={withLanguage(government, each.language, path)} hreflang={each.language} rel="alternate">
                {each.name}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
