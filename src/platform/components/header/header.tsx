import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { pageNames } from '../../page-names.ts'
import { LanguageSwitch } from '../language-switch/language-switch.tsx'
import { Piers, Wave } from '../wordmark/wordmark.tsx'

const words = texts({
  home: { en: 'Praya, home page', 'zh-Hant': 'Praya 海旁，主頁' },
  main: { en: 'Main', 'zh-Hant': '主要' },
  forOther: { en: '{name} for {other}', 'zh-Hant': '{name}（代{other}）' },
  signIn: { en: 'Sign in', 'zh-Hant': '登入' },
  demonstration: { en: 'Demonstration.', 'zh-Hant': '示範系統。' },
  invented: {
    en: 'People and dealings here are made up. Anyone may sign in as any of them.',
    'zh-Hant': '這裏的人物和事項均屬虛構，任何人都可以用他們的身份登入。',
  },
})

/** The wordmark's long line runs on as the rule under the header, and ends in its wave. */
export function Header() {
  const { say, href, path, language, person, government } = usePage()
  // Systems and initiatives are where the money goes.
  const here = path.split('?')[0]!.replace(/^\/(systems|initiatives)(?=\/|$)/, '/estimates/$1')
  const link = (address: string, text: string, rel?: string) => (
    <li>
      <a
        href={href(address)}
        rel={rel}
        aria-current={here === address ? 'page' : here.startsWith(`${address}/`) ? 'true' : undefined}
      >
        {text}
      </a>
    </li>
  )
  const [own, other] = [person?.name ?? pageNames.account, person?.onBehalfOf?.name ?? person?.companyName]
  const name = other ? say(words.forOther, { name: own, other }) : say(own)
  return (
    <header class="header container">
      <div class="header__row">
        <a class="header__mark" href={href('/')} aria-label={say(words.home)}>
          <Piers />
          <span class="header__name">Praya{language !== 'en' && <span>海旁</span>}</span>
        </a>
        {!government.alone && (
          <nav class="header__nav" aria-label={say(words.main)}>
            <ul>
              {link('/services', say(pageNames.services))}
              {link('/estimates', say(pageNames.money))}
              {link('/search', say(pageNames.search), 'search')}
              {link('/account', name)}
              {!person && link('/sign-in', say(words.signIn))}
            </ul>
          </nav>
        )}
        <LanguageSwitch />
        <div class="quay">
          <Wave />
        </div>
      </div>
    </header>
  )
}

/** Said on every page while made-up people may sign in without proof. */
export function DemonstrationBanner() {
  const { say } = usePage()
  return (
    <aside class="demonstration" aria-label={say(words.demonstration)}>
      <p class="container">
        <strong>{say(words.demonstration)}</strong>
        {say(words.invented)}
      </p>
    </aside>
  )
}
