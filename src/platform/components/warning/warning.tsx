import type { ComponentChildren } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { MarkShape } from '../mark/mark.tsx'

const words = texts({ warning: { en: 'Warning:', 'zh-Hant': '注意：' } })

/** What to know before acting on this page. The word is heard, shape and line are seen: colour tells nothing alone. */
export const Warning = ({ children }: { children: ComponentChildren }) => (
  <p class="warning">
    <MarkShape kind="explained" />
    <span>
      <span class="visually-hidden">{usePage().say(words.warning)} </span>
      {children}
    </span>
  </p>
)
