import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { ErrorSummary } from './error-summary.tsx'

const mistakes = texts({
  file: {
    en: 'The file is empty. Choose the text of the Estimates.',
    'zh-Hant': '檔案是空白的。請選擇預算文本。',
  },
  date: { en: 'The date must be in the past.', 'zh-Hant': '日期必須是過去的日子。' },
})

export const examples: Example[] = [
  {
    name: 'Two mistakes',
    render: () => {
      const { say } = usePage()
      const errors = [
        { field: 'file', text: say(mistakes.file) },
        { field: 'born-year', text: say(mistakes.date) },
      ]
      return <ErrorSummary errors={errors} calm />
    },
  },
]
