import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  pages: { en: 'Pages', 'zh-Hant': '分頁' },
  page: { en: 'Page {page}', 'zh-Hant': '第 {page} 頁' },
  before: { en: 'Previous', 'zh-Hant': '上一頁' },
  after: { en: 'Next', 'zh-Hant': '下一頁' },
})

/** First, last and the neighbours of `page`; a gap of one page is shown as that page. */
export function pagesShown(page: number, last: number): (number | 'gap')[] {
  const kept = [1, page - 1, page, page + 1, last].filter((each) => each >= 1 && each <= last)
  const sorted = [...new Set(kept)].sort((one, other) => one - other)
  return sorted.flatMap((each, index) => {
    const missing = each - (sorted[index - 1] ?? each - 1) - 1
    return missing === 0 ? [each] : missing === 1 ? [each - 1, each] : ['gap' as const, each]
  })
}

/** `address(page)` is the bare address of a page of the list. */
export function Pagination({ page, last, address }: { page: number; last: number; address: (page: number) => string }) {
  const { say, href } = usePage()
  const step = (to: number, rel: string, text: string) => (
    <li>
      <a href={href(address(to))} rel={rel}>
        {text}
      </a>
    </li>
  )
  return (
    <nav class="pagination" aria-label={say(words.pages)}>
      <ul>
        {page > 1 && step(page - 1, 'prev', say(words.before))}
        {pagesShown(page, last).map((each, index) => (
          <li key={index}>
            {each === 'gap' ? (
              <span aria-hidden="true">…</span>
            ) : (
              <a
                href={href(address(each))}
                aria-label={say(words.page, { page: each })}
                aria-current={each === page ? 'page' : undefined}
              >
                {each}
              </a>
            )}
          </li>
        ))}
        {page < last && step(page + 1, 'next', say(words.after))}
      </ul>
    </nav>
  )
}
