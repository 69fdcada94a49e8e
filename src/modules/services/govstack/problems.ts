import type { ProblemTable } from '#platform'

/** What is refused where a program sends at once what people do page by page. */
export const govstackProblems = {
  'application-incomplete': [
    422,
    {
      en: 'Nothing was sent, as these answers are to be put right: {what}. Correct them and send all again.',
      'zh-Hant': '未有提交，因為這些答案須更正：{what}。請更正後全部再提交。',
    },
  ],
  'application-leads-out': [
    409,
    {
      en: 'Nothing was sent. {title}. {text}',
      'zh-Hant': '未有提交。{title}。{text}',
    },
  ],
  'application-has-parts': [
    409,
    {
      en: 'Nothing was sent, as somebody else answers a part of it: {who}. Begin it on the page of the service, where a code is handed to them.',
      'zh-Hant': '未有提交，因為有部分須由他人填寫：{who}。請在服務頁面開始申請，並把代碼交給對方。',
    },
  ],
  'application-in-browser': [
    409,
    {
      en: 'This service is applied for without an account, so not in the name of anybody. Apply for it on its page.',
      'zh-Hant': '這項服務無須帳戶便可申請，因此不能以任何人的名義提交。請在服務頁面申請。',
    },
  ],
  'applicant-is-another': [
    403,
    {
      en: 'The applicant is whoever agreed that this program applies in their name. Leave applicantId out, or send theirs.',
      'zh-Hant': '申請人是同意由這個程式代為申請的人。請不要填寫 applicantId，或填寫該人的識別碼。',
    },
  ],
  'document-refused': [
    400,
    {
      en: 'The document was not kept. {why}',
      'zh-Hant': '文件未有儲存。{why}',
    },
  ],
} satisfies ProblemTable
