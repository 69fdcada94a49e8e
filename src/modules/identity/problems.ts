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
  'channel-not-found': [
    404,
    {
      en: 'No such platform is connected here. Sign in another way.',
      'zh-Hant': '本系統未有連接這個平台，請以其他方法登入。',
    },
  ],
  'channel-order-gone': [
    409,
    {
      en: 'This sign-in is over: it was used already, took more than ten minutes, or began in another browser. Begin again.',
      'zh-Hant': '這次登入已失效：可能已使用、超過十分鐘，或由另一瀏覽器開始。請重新開始。',
    },
  ],
  'channel-refused': [
    403,
    {
      en: 'What the other platform sent back cannot be relied on, so you were not signed in. Begin again; if it happens again, tell us the request number.',
      'zh-Hant': '對方平台送回的資料未能通過核對，因此沒有讓你登入。請重新開始；如再發生，請告知要求編號。',
    },
  ],
  'channel-away': [
    503,
    {
      en: 'The other platform does not answer just now. Try again in a few minutes, or sign in another way.',
      'zh-Hant': '對方平台暫時沒有回應。請幾分鐘後再試，或以其他方法登入。',
    },
  ],
  'channel-level-unknown': [
    403,
    {
      en: '{channel} names a level that is not agreed with us, so you were not signed in. Sign in another way, and tell us the request number.',
      'zh-Hant': '{channel}所報的級別未經雙方議定，因此沒有讓你登入。請以其他方法登入，並告知要求編號。',
    },
  ],
  'channel-linked-elsewhere': [
    409,
    {
      en: 'That account of the other platform is linked to an account here already. Sign in through it, and unlink it there first.',
      'zh-Hant': '該平台的帳戶已連結至本網站另一帳戶。請先經該平台登入，在該帳戶內解除連結。',
    },
  ],
  'channel-not-linked': [
    404,
    {
      en: 'This is not linked to your account, or not any more. Nothing was changed.',
      'zh-Hant': '此項並未與你的帳戶連結，或已解除連結。沒有作出更改。',
    },
  ],
  'interaction-gone': [
    410,
    {
      en: 'This step was open too long, was finished already, or began in another browser. Go back to the service and begin again.',
      'zh-Hant': '此步驟已逾時或已完成，或由另一瀏覽器開始。請返回該服務重新開始。',
    },
  ],
})
