import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { Moment } from '../moment/moment.tsx'

const words = texts({
  label: { en: 'Progress', 'zh-Hant': '進度' },
  now: { en: 'Now', 'zh-Hant': '現時' },
  since: { en: 'since', 'zh-Hant': '始於' },
  ahead: { en: 'To come', 'zh-Hant': '尚待進行' },
  perhaps: { en: 'May follow', 'zh-Hant': '視乎情況' },
})

/** Where a stage stands: behind; the present one; the last one, where nothing more happens; ahead on every way; or on some ways only. */
export const stageKinds = ['done', 'now', 'ended', 'ahead', 'perhaps'] as const

export type Stage = {
  title: string
  is: (typeof stageKinds)[number]
  /** The day on which it was reached. */
  on?: string | null
  note?: string | undefined
}

/**
 * The stages of a matter in their order, with the one in which it stands: a list in words, drawn as a line. Nothing is measured in
 * percent, as nobody knows how long a stage takes. `label` says what the line is of, where several stand on one page.
 */
export function StageLine({ stages, label }: { stages: readonly Stage[]; label?: string }) {
  const { say } = usePage()
  return (
    <ol class="stages" aria-label={label ?? say(words.label)}>
      {stages.map(({ title, is, on, note }, at) => (
        <li key={at} class={`stage stage--${is}`} aria-current={is === 'now' || is === 'ended' ? 'step' : undefined}>
          <span class="stage__title">{title}</span>
          {note && <span class="stage__note">{note}</span>}
          <span class="stage__when">
            {is === 'now' && (
              <>
                <b>{say(words.now)}</b>
                {on && ` ${say(words.since)} `}
              </>
            )}
            {(is === 'ahead' || is === 'perhaps') && say(words[is])}
            {on && <Moment at={on} />}
          </span>
        </li>
      ))}
    </ol>
  )
}
