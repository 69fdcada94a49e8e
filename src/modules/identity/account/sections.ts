import { type Text, texts } from '#platform'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/level', {
    title: { en: 'How sure we are of who you are', 'zh-Hant': '身份核實級別' },
    line: { en: 'Your level, how it was reached, when it ends.', 'zh-Hant': '目前級別、核實方式和有效期。' },
  }),
]
