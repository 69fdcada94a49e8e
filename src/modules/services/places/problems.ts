import type { ProblemTable } from '#platform'

/** What is refused of sessions and their places. */
export const placeProblems = {
  'session-not-found': [
    404,
    {
      en: 'Your department has no such session. Look at the list.',
      'zh-Hant': '你的部門沒有這個場次。請查看列表。',
    },
  ],
  'session-closed': [
    409,
    {
      en: 'The session that you chose takes nobody any more. Your application is kept; choose another session and send it again.',
      'zh-Hant': '你選擇的場次已停止報名。申請內容已保留，請另選場次再提交。',
    },
  ],
  'session-full': [
    409,
    {
      en: 'The last place of the session that you chose was just taken. Your application is kept; choose another session and send it again.',
      'zh-Hant': '你選擇的場次剛剛額滿。申請內容已保留，請另選場次再提交。',
    },
  ],
  'session-refused': [
    422,
    {
      en: 'Something in the session is missing or not allowed: {what}. Put it right and send it again.',
      'zh-Hant': '場次有資料欠缺或不獲准許：{what}。請更正後再送出。',
    },
  ],
  'session-cancelled': [
    409,
    {
      en: 'This session is cancelled, and nothing in it can be changed any more. Add another one instead.',
      'zh-Hant': '場次已取消，不能再更改。如有需要，請新增場次。',
    },
  ],
  'session-not-begun': [
    409,
    {
      en: 'The session has not begun. Come back when it has, and note who came.',
      'zh-Hant': '場次尚未開始。請在開始後記錄出席情況。',
    },
  ],
  'place-not-changed': [
    409,
    {
      en: 'The place is not as this page showed it: it was given up, or an offer has ended. Open the page of your application again.',
      'zh-Hant': '名額狀況已改變：可能已經放棄，或接受限期已過。請重新開啟申請頁面。',
    },
  ],
} satisfies ProblemTable
