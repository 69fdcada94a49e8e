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
  'nothing-to-prove': [
    404,
    {
      en: 'Nothing can be proven here: this government has not said by which documents.',
      'zh-Hant': '本系統未設定可用的身份證明文件，暫時不能核實身份。',
    },
  ],
  'no-made-up-register': [
    404,
    {
      en: 'There is no made-up register here: another register is set, or this is no demonstration.',
      'zh-Hant': '這裏沒有虛構登記冊：已另設登記冊，或本系統並非示範系統。',
    },
  ],
  'person-tried-often': [
    429,
    {
      en: 'You asked the register five times within a day. Try again tomorrow, or go to a counter with your document.',
      'zh-Hant': '你在一天內已查詢登記冊五次。請明天再試，或帶同證件到櫃位辦理。',
    },
  ],
  'address-tried-often': [
    429,
    {
      en: 'The register was asked often from your network today. Try from another one, tomorrow, or at a counter.',
      'zh-Hant': '今天已有多次查詢來自你的網絡。請改用其他網絡、明天再試，或到櫃位辦理。',
    },
  ],
  'document-tried-often': [
    429,
    {
      en: 'This document was asked about too often without success, so it is compared at a counter alone for now. Take it there with a code from your level page.',
      'zh-Hant': '有關這張證件的查詢多次不符，現時只可到櫃位核對。請在身份核實級別一頁取得代碼，帶同證件前往。',
    },
  ],
  'visit-ended': [
    409,
    {
      en: 'This visit has ended or its code has expired. Ask the person for a new code.',
      'zh-Hant': '這次到訪已完結，或代碼已過期。請對方另取代碼。',
    },
  ],
  'own-proof': [
    403,
    {
      en: 'Nobody proves themselves. Go to another officer with your code.',
      'zh-Hant': '任何人均不可核實自己的身份。請帶同代碼找另一名人員辦理。',
    },
  ],
  'proof-not-found': [
    404,
    {
      en: 'There is no proof with this reference. It looks like P-000012; compare it with the person’s level page.',
      'zh-Hant': '沒有這個編號的核實紀錄。編號格式如 P-000012，請對照對方的身份核實級別一頁。',
    },
  ],
})
