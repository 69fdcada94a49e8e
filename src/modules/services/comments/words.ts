import { type Text, texts } from '#platform'
import type { AnswerBy, Reason, State } from './types.ts'

export const words = texts({
  title: { en: 'Comment on this service', 'zh-Hant': '就這項服務提出意見' },
  lead: {
    en: 'The department that offers it reads what you write, and answers within {days} working days.',
    'zh-Hant': '提供服務的部門會閱讀你的意見，並在 {days} 個工作天內回覆。',
  },
  notCases: {
    en: 'To ask about an application that you sent, open it in your account: officers see it there together with its number.',
    'zh-Hant': '如要查詢已提交的申請，請在帳戶內開啟該宗申請，人員會連同編號一併處理。',
  },
  text: { en: 'Your comment', 'zh-Hant': '你的意見' },
  textHint: {
    en: 'Leave out names, addresses and numbers of identity documents. They are not needed for an answer.',
    'zh-Hant': '請勿填寫姓名、地址或證件號碼，回覆無須這些資料。',
  },
  how: { en: 'How do you want the answer?', 'zh-Hant': '你想怎樣收到回覆？' },
  send: { en: 'Send', 'zh-Hant': '送出' },
  empty: { en: 'Write your comment.', 'zh-Hant': '請填寫意見。' },
  long: { en: 'Write at most {max} characters.', 'zh-Hant': '最多可填 {max} 個字元。' },
  choose: { en: 'Choose how you want the answer.', 'zh-Hant': '請選擇收取回覆的方式。' },
  sent: { en: 'Your comment was sent', 'zh-Hant': '意見已送出' },
  number: { en: 'Number', 'zh-Hant': '編號' },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  keep: {
    en: 'Write both down, or print this page. The code is shown this once.',
    'zh-Hant': '請把兩者抄下，或列印本頁。代碼只顯示這一次。',
  },
  openAt: {
    en: 'From {until} at the latest, read the answer here:',
    'zh-Hant': '最遲在 {until}，可於以下網址閱讀回覆：',
  },
  toInbox: { en: 'The answer comes to your inbox, by {until}.', 'zh-Hant': '回覆會在 {until} 或之前送到你的收件箱。' },
  toNobody: { en: 'The department reads it. Thank you.', 'zh-Hant': '部門會閱讀你的意見，多謝。' },
  back: { en: 'Back to the service', 'zh-Hant': '返回服務' },
  read: { en: 'Read the answer to a comment', 'zh-Hant': '閱讀意見的回覆' },
  readLead: {
    en: 'You got a number and a code when you sent your comment.',
    'zh-Hant': '送出意見時，你已獲提供編號和代碼。',
  },
  open: { en: 'Open', 'zh-Hant': '開啟' },
  wrongCode: {
    en: 'Number and code do not belong together. Check both for slips.',
    'zh-Hant': '編號與代碼不符。請檢查兩者有否輸入錯誤。',
  },
  wrote: { en: 'What was written', 'zh-Hant': '意見內容' },
  reply: { en: 'Answer', 'zh-Hant': '回覆' },
  notYet: {
    en: 'It is not answered yet. The answer comes by {until}.',
    'zh-Hant': '尚未回覆。回覆會在 {until} 或之前發出。',
  },
  closedBecause: { en: 'Closed without an answer. {reason}', 'zh-Hant': '不作回覆。{reason}' },

  office: { en: 'Comments on our services', 'zh-Hant': '對本部門服務的意見' },
  waiting: { en: 'Waiting', 'zh-Hant': '待回覆' },
  mine: { en: 'Mine', 'zh-Hant': '由我處理' },
  settled: { en: 'Settled', 'zh-Hant': '已處理' },
  none: {
    en: 'No comment is here. What people write on the pages of your services appears under “Waiting”.',
    'zh-Hant': '這裏沒有意見。市民在服務頁面提出意見後，便會在「待回覆」列出。',
  },
  more: { en: 'There are more. Those shown come first.', 'zh-Hant': '還有更多意見，這裏列出最先的。' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  servicePage: { en: 'The page of the service', 'zh-Hant': '服務頁面' },
  due: { en: 'Due', 'zh-Hant': '限期' },
  late: { en: 'Late', 'zh-Hant': '逾期' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  sentOn: { en: 'Sent', 'zh-Hant': '送出日期' },
  settledOn: { en: 'Settled on', 'zh-Hant': '處理日期' },
  answerTo: { en: 'Answer goes', 'zh-Hant': '回覆方式' },
  take: { en: 'Take it', 'zh-Hant': '由我處理' },
  takeOver: { en: 'Take it over', 'zh-Hant': '接手處理' },
  byOther: { en: 'Another officer works on it.', 'zh-Hant': '另一名人員正在處理。' },
  answer: { en: 'Answer', 'zh-Hant': '回覆' },
  answerHint: {
    en: 'Write in the language of the comment. Sign with your post, not with your name.',
    'zh-Hant': '請以意見所用的語文書寫，並以職銜署名，無須寫姓名。',
  },
  sendAnswer: { en: 'Send the answer', 'zh-Hant': '送出回覆' },
  noAnswerWanted: { en: 'Whoever wrote this wants no answer.', 'zh-Hant': '提出者無須回覆。' },
  close: { en: 'Close without an answer', 'zh-Hant': '不作回覆' },
  closeWhy: { en: 'Why', 'zh-Hant': '原因' },
  closeAct: { en: 'Close', 'zh-Hant': '結束' },
  emptyReply: { en: 'Write the answer.', 'zh-Hant': '請填寫回覆。' },
  chooseReason: { en: 'Choose why it is not answered.', 'zh-Hant': '請選擇不作回覆的原因。' },

  figures: { en: 'How departments answer comments', 'zh-Hant': '部門回覆意見的情況' },
  figuresLead: {
    en: 'Comments since {since} whose writers wanted an answer. In time is within {days} working days. A comment counts once it was answered or closed, or its time is over.',
    'zh-Hant': '由 {since} 起要求回覆的意見。{days} 個工作天內回覆為準時。意見在獲回覆、結束或逾期後計算在內。',
  },
  inTime: { en: 'Answered within {days} working days', 'zh-Hant': '{days} 個工作天內回覆' },
  ofCount: { en: '{inTime} of {wanted}', 'zh-Hant': '{wanted} 項中的 {inTime} 項' },
  answered: { en: 'Answered', 'zh-Hant': '已回覆' },
  closed: { en: 'Closed without an answer', 'zh-Hant': '不作回覆' },
  noFigures: {
    en: 'Nobody has asked for an answer yet. How fast departments answer appears here once somebody does.',
    'zh-Hant': '暫時未有人要求回覆。有人提出後，這裏會列出部門回覆的速度。',
  },
  all: { en: 'All services', 'zh-Hant': '所有服務' },
  onService: {
    en: 'Comments answered within {days} working days: {percent} % ({inTime} of {wanted} in a year).',
    'zh-Hant': '{days} 個工作天內回覆的意見：{percent}%（一年內 {wanted} 項中的 {inTime} 項）。',
  },
})

export const wayNames: Readonly<Record<AnswerBy, Text>> = texts({
  inbox: { en: 'In my inbox', 'zh-Hant': '送到我的收件箱' },
  code: { en: 'On this site, with a number and a code', 'zh-Hant': '在本網站以編號和代碼閱讀' },
  none: { en: 'I need no answer', 'zh-Hant': '無須回覆' },
})

/** The same, as an officer reads it. */
export const theirWayNames: Readonly<Record<AnswerBy, Text>> = texts({
  inbox: { en: 'To the inbox of whoever wrote', 'zh-Hant': '送到提出者的收件箱' },
  code: { en: 'On this site; whoever wrote has a number and a code', 'zh-Hant': '提出者在本網站以編號和代碼閱讀' },
  none: { en: 'No answer is wanted', 'zh-Hant': '無須回覆' },
})

export const stateNames: Readonly<Record<State, Text>> = texts({
  waiting: { en: 'Waits', 'zh-Hant': '待回覆' },
  answered: { en: 'Answered', 'zh-Hant': '已回覆' },
  closed: { en: 'Closed', 'zh-Hant': '不作回覆' },
})

/** As the officer chooses it and as whoever wrote reads it. */
export const reasonNames: Readonly<Record<Reason, Text>> = texts({
  noted: { en: 'It was read, and no answer is wanted.', 'zh-Hant': '已閱悉，無須回覆。' },
  elsewhere: { en: 'It is not about this service.', 'zh-Hant': '內容與這項服務無關。' },
  repeated: { en: 'The same was sent and answered before.', 'zh-Hant': '相同的意見之前已獲回覆。' },
  unclear: { en: 'It does not say what it is about.', 'zh-Hant': '內容不清楚，無法得知所指何事。' },
  abuse: { en: 'It holds nothing but abuse or advertisements.', 'zh-Hant': '內容只有辱罵或廣告。' },
})

export const messages = texts({
  title: { en: 'Your comment on “{title}”', 'zh-Hant': '你對「{title}」的意見' },
  answered: {
    en: '{organisation} answers:\n\n{said}\n\nYou wrote:\n\n{wrote}',
    'zh-Hant': '{organisation}回覆：\n\n{said}\n\n你的意見：\n\n{wrote}',
  },
  closed: {
    en: '{organisation} has read your comment and does not answer it. {said}\n\nYou wrote:\n\n{wrote}',
    'zh-Hant': '{organisation}已閱讀你的意見，不作回覆。{said}\n\n你的意見：\n\n{wrote}',
  },
})
