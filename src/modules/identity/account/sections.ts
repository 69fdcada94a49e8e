import { type Text, texts } from '#platform'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/inbox', {
    title: { en: 'Inbox', 'zh-Hant': '收件匣' },
    line: {
      en: 'What departments wrote to you, and alerts about your account',
      'zh-Hant': '部門發給你的訊息和帳戶提示',
    },
  }),
  section('/account/notifications', {
    title: { en: 'How you are told', 'zh-Hant': '通知設定' },
    line: { en: 'Mail, this browser, and which senders may use them', 'zh-Hant': '電郵、瀏覽器通知和按寄件者的設定' },
  }),
]
