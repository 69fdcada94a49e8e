import type { ProblemTable } from '#platform'

/** What is refused when somebody applies. */
export const applyingProblems = {
  'application-not-found': [
    404,
    {
      en: 'There is no such application here for you. Sign in as whoever began it, in the name in which it was begun, or open it in the browser in which it was begun.',
      'zh-Hant': '這裏沒有你的這宗申請。請以當初開始申請的身份登入，或使用當初的瀏覽器開啟。',
    },
  ],
  'application-sent': [
    409,
    {
      en: 'This application was sent already, so that nothing in it can be changed. Open it to see where it stands.',
      'zh-Hant': '這宗申請已經提交，不能再更改。請開啟申請查看進度。',
    },
  ],
  'application-in-account': [
    409,
    {
      en: 'This application is in your account, so that it needs no code: sign in on the other device.',
      'zh-Hant': '這宗申請已存於你的帳戶，無須代碼：在另一裝置登入便可。',
    },
  ],
  'page-not-found': [
    404,
    {
      en: 'This form has no such page, or your answers do not lead there. Go on from the start of the application.',
      'zh-Hant': '表格沒有這一頁，或你的答案不會去到這頁。請由申請的首頁繼續。',
    },
  ],
  'thing-not-found': [
    404,
    {
      en: 'This is not in your list any more. Go back to the list and choose from there.',
      'zh-Hant': '你的列表內已沒有這一項。請返回列表選擇。',
    },
  ],
  'list-full': [
    409,
    {
      en: 'There may be {max} in this list. Take one away before you add another.',
      'zh-Hant': '列表最多可有 {max} 項。請先刪去一項，再加入新的。',
    },
  ],
  'draft-too-large': [
    413,
    {
      en: 'The application holds more than can be kept. Shorten the longest answers.',
      'zh-Hant': '申請內容超出可儲存的上限。請縮短較長的答案。',
    },
  ],
  'draft-busy': [
    503,
    {
      en: 'The application is being changed in several places at once. What you typed last was not kept: send it again.',
      'zh-Hant': '這宗申請正同時在多處更改，剛才輸入的內容未有儲存。請再送出一次。',
    },
  ],
  'sign-in-first': [
    401,
    {
      en: 'This service needs you to be signed in, at the level that its page says. Sign in, and begin again.',
      'zh-Hant': '這項服務須登入，並達到服務頁面所列的級別。請登入後再開始。',
    },
  ],
  'service-not-open': [
    409,
    {
      en: 'This service takes no applications now. Its page says when it does.',
      'zh-Hant': '這項服務現時不接受申請。服務頁面載有接受申請的時間。',
    },
  ],
  'one-is-open': [
    409,
    {
      en: 'You have an application for this service that is not ended, and can have only one. Open it in your account.',
      'zh-Hant': '你已有一宗未完結的申請，而這項服務只可有一宗。請在你的帳戶開啟。',
    },
  ],
  'answers-changed': [
    409,
    {
      en: 'The answers were changed since you looked at them, perhaps in another tab. Look at them again and send them.',
      'zh-Hant': '答案在你核對之後有所更改，可能來自另一分頁。請再核對一次，然後提交。',
    },
  ],
  'answers-missing': [
    409,
    {
      en: 'Something is not answered yet, so that nothing was sent. Go on with the application.',
      'zh-Hant': '仍有問題未回答，因此未有提交。請繼續填寫申請。',
    },
  ],
} satisfies ProblemTable
