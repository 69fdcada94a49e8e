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
  'task-not-found': [
    404,
    {
      en: 'No question about this application waits for your answer. Look in your list of tasks.',
      'zh-Hant': '這宗申請沒有等候你答覆的提問。請查閱你的任務列表。',
    },
  ],
  'task-incomplete': [
    422,
    {
      en: 'The task was not completed, as this is to be put right: {what}. Correct it and send it again.',
      'zh-Hant': '任務未能完成，因為這些內容須更正：{what}。請更正後再提交。',
    },
  ],
  'tasks-of-officers': [
    403,
    {
      en: 'These tasks are for who works on the cases of a department. A token of services:apply reads what waits for yourself.',
      'zh-Hant': '這些任務由部門處理個案的人員負責。以 services:apply 的權杖可讀取等候你本人處理的任務。',
    },
  ],
  'key-used': [
    409,
    {
      en: 'This Idempotency-Key was used for another task. Send a new one.',
      'zh-Hant': '這個 Idempotency-Key 已用於另一項任務。請使用新的識別碼。',
    },
  ],
  'applicants-not-searched': [
    422,
    {
      en: 'Applications are not looked up by their applicant here, as the name leads back to nobody. Look by service or by fileId.',
      'zh-Hant': '這裏不能以申請人查找申請，因為該名稱不能追溯至任何人。請以服務或 fileId 查找。',
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
