import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({ back: { en: 'Back', 'zh-Hant': '返回' } })

/** To the page before this one, above everything else of `main`. */
export function BackLink({ path }: { path: string }) {
  const { say, href } = usePage()
  return (
    <a class="back-link" href={href(path)}>
      {say(words.back)}
    </a>
  )
}
