import { type Text, texts } from '#platform'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/channels', {
    title: { en: 'Linked platforms', 'zh-Hant': '已連結的平台' },
    line: {
      en: 'Accounts elsewhere that are yours, and how to unlink them.',
      'zh-Hant': '與本帳戶連結的其他平台，可隨時解除。',
    },
  }),
  section('/account/acting', {
    title: { en: 'In whose name you act', 'zh-Hant': '以誰的名義行事' },
    line: {
      en: 'Organisations, mandates, and what others do in your name.',
      'zh-Hant': '所屬機構、授權，以及他人以你名義所作的操作。',
    },
  }),
]
