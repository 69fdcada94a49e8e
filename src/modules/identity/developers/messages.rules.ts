import { say, type Text, texts } from '#platform'

const titles = texts({
  approved: { en: 'Your client {name} is approved', 'zh-Hant': '你的客戶端「{name}」已獲批准' },
  refused: { en: 'Your client {name} was not approved', 'zh-Hant': '你的客戶端「{name}」不獲批准' },
  suspended: { en: 'Your client {name} is suspended', 'zh-Hant': '你的客戶端「{name}」已被暫停' },
  resumed: { en: 'Your client {name} is resumed', 'zh-Hant': '你的客戶端「{name}」已恢復' },
})
type Kind = keyof typeof titles

const bodies = texts({
  approved: {
    en: 'It is live: people no longer read that it is in trial use. Its page shows what it may do.',
    'zh-Hant': '客戶端已正式使用，使用者不再看到試用提示。可在其頁面查看獲批的用途。',
  },
  refused: {
    en: 'It stays as it was. Put right what the officer names, and ask again.',
    'zh-Hant': '客戶端維持現狀。請按審批人員所述更正，然後再申請。',
  },
  suspended: {
    en: 'Nobody can sign in to it. Put right what the officer names, and answer the department that wrote this.',
    'zh-Hant': '現時無人可經它登入。請按審批人員所述更正，並回覆發出此訊息的部門。',
  },
  resumed: { en: 'People can sign in to it again.', 'zh-Hant': '使用者可再經它登入。' },
})

const reasonWords = texts({ reason: { en: 'The officer writes: {reason}', 'zh-Hant': '審批人員的意見：{reason}' } })

/** What a developer reads in the inbox about a client, with the officer's reason if there is one. */
export function messageOf(kind: Kind, name: Text, reason: string | null): { title: Text; body: Text } {
  const both = (write: (language: 'en' | 'zh-Hant') => string) => ({ en: write('en'), 'zh-Hant': write('zh-Hant') })
  const because = (language: 'en' | 'zh-Hant') =>
    reason === null ? '' : `\n\n${say(reasonWords.reason, language, { reason })}`
  return {
    title: both((language) => say(titles[kind], language, { name })),
    body: both((language) => say(bodies[kind], language) + because(language)),
  }
}
