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
  'certificate-not-found': [
    404,
    {
      en: 'The signing authority has no such file. Its page lists those that it has.',
      'zh-Hant': '簽署核證機關沒有這個檔案。可在其網頁查看現有檔案。',
    },
  ],
  'query-unreadable': [
    415,
    {
      en: 'This address reads what programs send: a query of RFC 3161 or RFC 6960 in DER. Send one with its content type.',
      'zh-Hant': '本網址只接受程式送出的 RFC 3161 或 RFC 6960 查詢（DER 格式）。請連同內容類型送出。',
    },
  ],
})
