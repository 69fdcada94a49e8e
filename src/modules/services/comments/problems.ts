import type { ProblemTable } from '#platform'

/** What is refused of comments. */
export const commentProblems = {
  'comment-not-found': [
    404,
    {
      en: 'There is no such comment for your department. Choose one from the list.',
      'zh-Hant': '你的部門沒有這項意見。請從列表選擇。',
    },
  ],
  'comment-is-own': [
    403,
    {
      en: 'You wrote this comment yourself. Another officer of your department answers it.',
      'zh-Hant': '這項意見由你提出，須由部門另一名人員回覆。',
    },
  ],
  'comment-taken': [
    409,
    {
      en: 'Another officer has taken this comment. Take it over first if you want to answer it.',
      'zh-Hant': '另一名人員正處理這項意見。如要回覆，請先接手處理。',
    },
  ],
  'comment-settled': [
    409,
    {
      en: 'Another officer has answered or closed this comment already. Open it to see how.',
      'zh-Hant': '另一名人員已回覆或結束這項意見。請開啟查看。',
    },
  ],
  'comment-wants-none': [
    409,
    {
      en: 'Whoever wrote this comment wants no answer. Close it when you have read it.',
      'zh-Hant': '提出者無須回覆。閱讀後可結束這項意見。',
    },
  ],
  'comment-refused': [
    422,
    {
      en: 'Something in this comment or answer is missing or too long. Put it right and send it again.',
      'zh-Hant': '意見或回覆有欠缺或過長的內容。請更正後再送出。',
    },
  ],
  'comments-of-yours': [
    429,
    {
      en: 'You have {max} comments that wait for an answer. Write the next one when one of them is answered.',
      'zh-Hant': '你有 {max} 項意見等候回覆。其中一項獲回覆後，便可再提出。',
    },
  ],
  'comments-of-address': [
    429,
    {
      en: 'This is more than {max} comments in an hour from your network. Send it again in an hour.',
      'zh-Hant': '你所用的網絡在一小時內送出超過 {max} 項意見。請一小時後再送出。',
    },
  ],
  'comments-full': [
    429,
    {
      en: 'Very many comments came for this service today. Sign in and send yours, or come back tomorrow.',
      'zh-Hant': '這項服務今天收到大量意見。請登入後再送出，或明天再試。',
    },
  ],
} satisfies ProblemTable
