import type { ProblemTable } from '#platform'

/** What is refused of files. */
export const fileProblems = {
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
      en: 'Two files are being sent from your network already. Send this one when they have arrived.',
      'zh-Hant': '你所用的網絡已有兩個檔案正在傳送。請待完成後再上載。',
    },
  ],
} satisfies ProblemTable
