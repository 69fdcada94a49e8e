import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { type Task, TaskList } from './task-list.tsx'

const tasks = texts({
  about: { en: 'About the school', 'zh-Hant': '學校資料' },
  plan: { en: 'The plan and its costs', 'zh-Hant': '計劃與開支' },
  planHint: { en: 'At most $300,000 over three years.', 'zh-Hant': '三年內最多 30 萬元。' },
  send: { en: 'Check and send', 'zh-Hant': '核對及提交' },
})

export const examples: Example[] = [
  {
    name: 'A grant, half done',
    render: () => {
      const { say } = usePage()
      const list: Task[] = [
        { title: say(tasks.about), path: '/services', state: 'done' },
        { title: say(tasks.plan), path: '/services', hint: say(tasks.planHint), state: 'todo' },
        { title: say(tasks.send), state: 'later' },
      ]
      return <TaskList tasks={list} />
    },
  },
]
