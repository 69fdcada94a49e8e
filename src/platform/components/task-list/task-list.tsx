import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { Tag } from '../mark/mark.tsx'

const words = texts({
  done: { en: 'Done', 'zh-Hant': '已完成' },
  started: { en: 'Begun', 'zh-Hant': '進行中' },
  todo: { en: 'To do', 'zh-Hant': '待辦' },
  wrong: { en: 'To put right', 'zh-Hant': '需要更正' },
  later: { en: 'Cannot begin yet', 'zh-Hant': '未能開始' },
})
const tones = { done: 'good', started: undefined, todo: 'act', wrong: 'bad', later: undefined } as const

export type Task = { title: string; path?: string; hint?: string; state: keyof typeof words }

/** What is left to do, in order. A task without a path cannot begin yet; its link says its state. Lists on one page differ in `id`. */
export function TaskList({ tasks, id = 'task-list' }: { tasks: readonly Task[]; id?: string }) {
  const { say, href } = usePage()
  return (
    <ul class="task-list">
      {tasks.map(({ title, path, hint, state }, at) => (
        <li key={title}>
          {path ? (
            <a href={href(path)} aria-describedby={`${hint ? `${id}-${at + 1}-hint ` : ''}${id}-${at + 1}-status`}>
              {title}
            </a>
          ) : (
            <span>{title}</span>
          )}
          <Tag id={`${id}-${at + 1}-status`} {...(tones[state] && { tone: tones[state] })}>
            {say(words[state])}
          </Tag>
          {hint && (
            <p class="muted" id={`${id}-${at + 1}-hint`}>
              {hint}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
