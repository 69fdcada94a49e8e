import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('services', {
  'service-not-found': [
    404,
    {
      en: 'There is no service of this name here. Choose one from the list, or search.',
      'zh-Hant': '這裏沒有這項服務。請從列表選擇，或搜尋。',
    },
  ],
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
  'file-not-found': [
    404,
    {
      en: 'There is no such file here for you. It may have been taken away; look at the application for those that there are.',
      'zh-Hant': '這裏沒有你的這個檔案，可能已被刪去。請在申請內查看現有檔案。',
    },
  ],
  'file-held': [
    409,
    {
      en: 'This file is held, as it was not checked for viruses yet. It can be opened once it is released.',
      'zh-Hant': '檔案尚未掃描病毒，現正暫存。放行後便可開啟。',
    },
  ],
  'file-refused': [
    410,
    {
      en: 'A virus was found in this file ({finding}), and it was deleted. Ask the person to send another.',
      'zh-Hant': '檔案驗出病毒（{finding}），已經刪除。請申請人另行提交。',
    },
  ],
  'file-waits': [
    409,
    {
      en: 'This file waits for the virus scanner, which releases it by itself. Come back in a few minutes.',
      'zh-Hant': '檔案正等候掃描病毒，掃描後會自動放行。請數分鐘後再來。',
    },
  ],
  'file-not-in-form': [
    415,
    {
      en: 'A file is sent as a form with one file in it (multipart/form-data). Choose the file on the page of its question.',
      'zh-Hant': '檔案須以載有一個檔案的表格（multipart/form-data）傳送。請在問題的頁面選擇檔案。',
    },
  ],
  'files-busy': [
    503,
    {
      en: 'Many files are being sent at this moment. Yours was not kept; send it again in a minute.',
      'zh-Hant': '現時有很多檔案正在傳送，你的檔案未有儲存。請一分鐘後再上載。',
    },
  ],
  'files-of-yours': [
    429,
    {
      en: 'Two files are being sent from your address already. Send this one when they are there.',
      'zh-Hant': '你的網址已有兩個檔案正在傳送。請待完成後再上載。',
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
})
