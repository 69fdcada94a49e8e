import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  take: { en: 'Take away', 'zh-Hant': '下載' },
  print: { en: 'Print', 'zh-Hant': '列印' },
})

/** `label` names form and, when it helps, size: `CSV`, `PDF, 210 kB`. */
export type Download = { label: string; path: string; type?: string }

/** Files to take away, and printing where a script can. */
export function Downloads({ files, print }: { files: readonly Download[]; print?: boolean }) {
  const { say, href } = usePage()
  return (
    <div class="downloads">
      <ul aria-label={say(words.take)}>
        {files.map(({ label, path, type }) => (
          <li key={path}>
            <a href={href(path)} type={type} download>
              <svg viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true">
                <path d="M6 0V8M2.5 5L6 8.5L9.5 5M0.5 11.3H11.5" />
              </svg>
              {label}
            </a>
          </li>
        ))}
        {print && (
          <li>
            <button class="button button--link" type="button" hidden data-module="print">
              {say(words.print)}
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}
