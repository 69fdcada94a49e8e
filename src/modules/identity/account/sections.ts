import { type Text, texts } from '#platform'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/signatures', {
    title: { en: 'Signatures', 'zh-Hant': '簽署' },
    line: { en: 'What you signed, and what waits for you', 'zh-Hant': '你簽署過和等待你簽署的文件' },
  }),
]
