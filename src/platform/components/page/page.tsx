import type { ComponentChildren } from 'preact'
import { addresses, scriptAddress } from '../../assets/assets.ts'
import { type Language, texts } from '../../languages.ts'
import { usePage, withLanguage } from '../../page.tsx'
import { Breadcrumbs, type Crumb } from '../breadcrumbs/breadcrumbs.tsx'
import { Footer } from '../footer/footer.tsx'
import { DemonstrationBanner, Header } from '../header/header.tsx'

const words = texts({
  skip: { en: 'Skip to the content', 'zh-Hant': '跳至內容' },
  error: { en: 'Error: ', 'zh-Hant': '錯誤：' },
})

export type PageProps = {
  /** Names the page in the browser's tab, before the site's name; the `h1` stands in `children`. */
  title: string
  description?: string
  /** For tables that need the whole width. Text keeps its measure. */
  wide?: boolean
  /** The page shows mistakes or a refusal: the title says so first. */
  error?: boolean
  /** The pages above this one, without the home page. */
  breadcrumbs?: readonly Crumb[]
  /** Scripts of the module's own, by their names in its folder `assets`. The page works without them. */
  scripts?: readonly string[]
  children?: ComponentChildren
}

/** The whole document around a page's content. */
export function Page({ title, description, wide, error, breadcrumbs, scripts, children }: PageProps) {
  const { language, say, path, government, demonstration } = usePage()
  const site = say(government.site)
  const { origin = '' } = government
  const to = (each: Language) => origin + withLanguage(government, each, path)
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{(error ? say(words.error) : '') + (title === site ? site : `${title} – ${site}`)}</title>
        {description && <meta name="description" content={description} />}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0e1a22" media="(prefers-color-scheme: dark)" />
        <link rel="stylesheet" href={addresses.css} />
        <link rel="stylesheet" href={addresses.fonts[language]} />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href={addresses.icon} type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        {government.languages.map(({ language: each }) => (
          <link key={each} rel="alternate" hreflang={each} href={to(each)} />
        ))}
        <link rel="alternate" hreflang="x-default" href={origin + path} />
        {origin && <link rel="canonical" href={to(language)} />}
        <script type="module" src={addresses.script} />
        {scripts?.map((name) => (
          <script key={name} type="module" src={scriptAddress(name)} />
        ))}
      </head>
      <body>
        <a class="skip-link" href="#main">
          {say(words.skip)}
        </a>
        {demonstration && <DemonstrationBanner />}
        <Header />
        {breadcrumbs && (
          <div class="container">
            <Breadcrumbs items={breadcrumbs} />
          </div>
        )}
        <main id="main" class={wide ? 'container container--wide' : 'container'} tabIndex={-1}>
          {children}
        </main>
        <Footer />
      </body>
    </html>
  )
}
