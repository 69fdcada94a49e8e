import { problems } from '#platform'

export const problem = problems('identity', {
  'no-demonstration': [
    404,
    {
      en: 'Nobody can sign in here yet: this installation is not a demonstration. Its operator can set PRAYA_DEMONSTRATION.',
      'zh-Hant': '本系統並非示範系統，暫時未能登入。營運者可設定 PRAYA_DEMONSTRATION。',
    },
  ],
  'person-not-found': [
    404,
    {
      en: 'There is no such person in this demonstration. Choose one from the list.',
      'zh-Hant': '示範中沒有這個人，請從名單中選擇。',
    },
  ],
  'recipient-not-found': [
    422,
    {
      en: 'One of those to whom this should go has no open account here, so nothing was sent. Check the list and send it again.',
      'zh-Hant': '收件人當中有人沒有有效帳戶，因此未有發出任何訊息。請核對名單後再發送。',
    },
  ],
})
