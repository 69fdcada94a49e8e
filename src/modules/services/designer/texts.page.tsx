import { Button, NotificationBanner, Page, Pagination, Phrase, TextArea, TextField, texts, usePage } from '#platform'
import { textLanguages } from './controls.rules.ts'
import { show as filters, type TextsData } from './types.ts'
import { languageWords, words as shared } from './words.ts'

const words = texts({
  all: { en: 'All', 'zh-Hant': '全部' },
  missing: { en: 'A language is missing', 'zh-Hant': '欠缺語文' },
  changed: { en: 'Changed since the last version', 'zh-Hant': '上一版本後有更改' },
  same: { en: 'The same in both languages', 'zh-Hant': '兩種語文相同' },
  filter: { en: 'Which texts', 'zh-Hant': '顯示哪些文字' },
  none: { en: 'There is no such text.', 'zh-Hant': '沒有這樣的文字。' },
  count: { en: '{count} texts', 'zh-Hant': '{count} 段文字' },
  lost: {
    en: 'Somebody changed {count} of these texts meanwhile',
    'zh-Hant': '其間有人更改了其中 {count} 段文字',
  },
})

const perPage = 40

/** Every text of a service in its three languages, one under the other in the order in which people read them. */
export function TextsPage({ service, title, show, from, count, texts: found, lost, state }: TextsData) {
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const at = (filter: string, start = 0) => `${own}/texts?show=${filter}&from=${start}`
  const ways = [
    { text: say(shared.designer), path: '/office/services/design' },
    { text: say(title), path: own },
  ]
  return (
    <Page title={`${say(shared.texts)} – ${say(title)}`} wide breadcrumbs={ways}>
      {state === 'saved' && <NotificationBanner title={say(shared.saved)} tone="good" id="saved" />}
      {lost > 0 && (
        <NotificationBanner title={say(words.lost, { count: lost })} tone="warn" id="changed">
          <p>{say(shared.changedMore)}</p>
        </NotificationBanner>
      )}
      <h1>
        <Phrase text={say(shared.texts)} />
      </h1>
      <nav class="filter" aria-label={say(words.filter)}>
        <ul>
          {filters.map((filter) => (
            <li key={filter}>
              <a href={href(at(filter))} aria-current={filter === show ? 'true' : undefined}>
                {say(words[filter])}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="muted">{count === 0 ? say(words.none) : say(words.count, { count })}</p>
      {found.length > 0 && (
        <form method="post" action={href(at(show, from))} novalidate class="designer">
          {found.map(({ pointer, page, where, text, drafted, long, seen }) => (
            <fieldset key={pointer} class="designer__text">
              <legend>
                <a href={`${href(`${own}/edit?at=${encodeURIComponent(page)}`)}#${encodeURIComponent(pointer)}`}>
                  {say(where)}
                </a>
              </legend>
              <input type="hidden" name={`${pointer}#`} value={seen} />
              <div class="designer__languages">
                {textLanguages.map((language) => {
                  const name = `${pointer}/${language}`
                  const hint =
                    language === 'zh-Hans' && drafted && !text['zh-Hans']
                      ? { hint: say(shared.drafted, { text: drafted }) }
                      : {}
                  const common = {
                    name,
                    id: name,
                    label: say(languageWords[language]),
                    autocomplete: 'off' as const,
                    ...hint,
                  }
                  return long ? (
                    <TextArea key={language} {...common} value={text[language] ?? ''} rows={5} />
                  ) : (
                    <TextField key={language} {...common} value={text[language] ?? ''} lang={language} />
                  )
                })}
              </div>
            </fieldset>
          ))}
          <Button>{say(shared.save)}</Button>
        </form>
      )}
      {lost === 0 && count > perPage && (
        <Pagination
          page={Math.floor(from / perPage) + 1}
          last={Math.ceil(count / perPage)}
          address={(page) => at(show, (page - 1) * perPage)}
        />
      )}
    </Page>
  )
}
