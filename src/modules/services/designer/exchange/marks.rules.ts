import { type Text, texts } from '#platform'
import type { At, Notes } from './imported.ts'

const words = texts({
  places: {
    en: 'The text shows an answer by its name in braces. Texts of forms have no such places, so it stands as it was written.',
    'zh-Hant': '文字以大括號內的名稱顯示答案。表格的文字沒有這種位置，因此照原文保留。',
  },
  marks: {
    en: 'The text has marks for its look. They stand as they were written.',
    'zh-Hant': '文字含有版面標記，照原文保留。',
  },
})

const mark = /<\/?[a-z][^<>]{0,200}>|\*\*|\]\(|^(?:#+|[*-]) /im

/** Notes what would be shown as it was typed: places for answers, marks of HTML and of Markdown. */
export function noteMarks(notes: Notes, at: At, text: Text): void {
  const all = Object.values(text)
  if (all.some((each) => each.includes('${'))) notes.add(at, words.places)
  if (all.some((each) => mark.test(each))) notes.add(at, words.marks)
}
