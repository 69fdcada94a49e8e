import { texts } from '#platform'

export const feedbackWords = texts({
  title: { en: 'Was this useful?', 'zh-Hant': '這對你有用嗎？' },
  yes: { en: 'Yes', 'zh-Hant': '有用' },
  no: { en: 'No', 'zh-Hant': '沒有用' },
  comment: { en: 'What would make it better? (optional)', 'zh-Hant': '有甚麼可以改善？（可不填）' },
  commentHint: {
    en: 'Leave out names and numbers of cards and applications. It is not kept who you are.',
    'zh-Hant': '請勿填寫姓名、證件號碼或申請編號。我們不會記錄你是誰。',
  },
  answer: { en: 'Answer', 'zh-Hant': '回覆' },
  wantAnswer: {
    en: 'I want an answer to what I wrote. You choose on the next page how it reaches you.',
    'zh-Hant': '我想收到回覆。下一頁可選擇收取方式。',
  },
  toComment: { en: 'Write to the department and get an answer', 'zh-Hant': '向部門提出意見並收取回覆' },
  send: { en: 'Send', 'zh-Hant': '送出' },
  choose: { en: 'Choose yes or no.', 'zh-Hant': '請選擇有用或沒有用。' },
  long: { en: 'Write at most {max} characters.', 'zh-Hant': '最多可填 {max} 個字元。' },
  thanks: { en: 'Thank you. The department reads this.', 'zh-Hant': '多謝，部門會閱讀你的意見。' },
  back: { en: 'Back to the service', 'zh-Hant': '返回服務' },
  office: { en: 'What people say of our services', 'zh-Hant': '市民對本機構服務的意見' },
  counted: {
    en: 'Since {since}. It is not kept who said it.',
    'zh-Hant': '由 {since} 起計。系統不會記錄意見由誰提出。',
  },
  none: {
    en: 'Nobody has said anything of a service of your organisation yet. What they answer to “Was this useful?” appears here.',
    'zh-Hant': '暫時未有人就你的機構的服務提出意見。市民回答「這對你有用嗎？」後，便會在此列出。',
  },
  service: { en: 'Service', 'zh-Hant': '服務' },
  useful: { en: 'Useful', 'zh-Hant': '有用' },
  given: { en: 'Answers', 'zh-Hant': '回答數目' },
  comments: { en: 'What they wrote', 'zh-Hant': '文字意見' },
  day: { en: 'Day', 'zh-Hant': '日期' },
  more: { en: 'There are more. The newest are shown.', 'zh-Hant': '還有更多意見，這裏只列出最新的。' },
  page: { en: 'On the page of the service', 'zh-Hant': '在服務頁面' },
  receipt: { en: 'After sending', 'zh-Hant': '提交之後' },
  outcome: { en: 'After the decision', 'zh-Hant': '決定之後' },
  searches: { en: 'Searches that found nothing', 'zh-Hant': '落空搜尋' },
  searchesLead: {
    en: 'What people looked for in vain since {since}, at least {times} times. Offer it, or put the words into the keywords of a service.',
    'zh-Hant': '由 {since} 起，市民搜尋最少 {times} 次而沒有結果的字詞。可考慮提供有關服務，或把字詞加入服務的關鍵詞。',
  },
  searchesNone: {
    en: 'Nothing was looked for in vain that often. It appears here on the day on which it is.',
    'zh-Hant': '暫時沒有多次落空的搜尋。一旦出現，即日會在此列出。',
  },
  asked: { en: 'Looked for', 'zh-Hant': '搜尋字詞' },
  language: { en: 'Language of the page', 'zh-Hant': '頁面語文' },
  times: { en: 'Times', 'zh-Hant': '次數' },
  last: { en: 'Last', 'zh-Hant': '最近一次' },
})
