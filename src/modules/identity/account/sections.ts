import { type Text, texts } from '#platform'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/devices', {
    title: { en: 'Passkeys and recovery codes', 'zh-Hant': '通行密鑰及復原碼' },
    line: { en: 'What you sign in with.', 'zh-Hant': '你用以登入的方法。' },
  }),
  section('/account/sessions', {
    title: { en: 'Where you are signed in', 'zh-Hant': '登入中的瀏覽器' },
    line: { en: 'Every browser, and how to sign it out.', 'zh-Hant': '查看各個瀏覽器，並可將其登出。' },
  }),
  section('/account/channels', {
    title: { en: 'Linked platforms', 'zh-Hant': '已連結的平台' },
    line: {
      en: 'Accounts elsewhere that are yours, and how to unlink them.',
      'zh-Hant': '與本帳戶連結的其他平台，可隨時解除。',
    },
  }),
  section('/account/level', {
    title: { en: 'How sure we are of who you are', 'zh-Hant': '身份核實級別' },
    line: { en: 'Your level, how it was reached, when it ends.', 'zh-Hant': '目前級別、核實方式和有效期。' },
  }),
]
