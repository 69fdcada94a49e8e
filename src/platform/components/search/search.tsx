import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  search: { en: 'Search', 'zh-Hant': '搜尋' },
  label: { en: 'What are you looking for?', 'zh-Hant': '你想找甚麼？' },
})

type SearchProps = { action?: string; name?: string; value?: string; label?: string; large?: boolean; id?: string }

/** A form that works by itself; the key `/` leads to it. `large` is for the home page. */
export function Search({ action = '/search', name = 'q', value, label, large, id = 'search' }: SearchProps) {
  const { say, href } = usePage()
  return (
    <search class={large ? 'search search--large' : 'search'}>
      <form action={href(action)}>
        <label for={id}>{label ?? say(words.label)}</label>
        <div class="search__row">
          <input class="input" type="search" id={id} name={name} value={value} maxLength={200} autocomplete="off" />
          <button class="button" type="submit">
            {say(words.search)}
          </button>
        </div>
      </form>
    </search>
  )
}
