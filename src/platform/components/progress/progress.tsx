import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({ question: { en: 'Question {at} of {of}', 'zh-Hant': '第 {at} 題，共 {of} 題' } })

/** In words first, and as a bar. `text` replaces “Question 3 of 7”. */
export function Progress({ at, of, text, id = 'progress' }: { at: number; of: number; text?: string; id?: string }) {
  const { say } = usePage()
  return (
    <div class="progress">
      <label for={id}>{text ?? say(words.question, { at, of })}</label>
      <progress id={id} value={at} max={of} />
    </div>
  )
}
