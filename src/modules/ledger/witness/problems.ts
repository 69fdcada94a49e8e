import { problems } from '#platform'

/** What the witness refuses. The statuses are those of C2SP tlog-witness, add-checkpoint. */
export const problem = problems('ledger', {
  'witness-request-unreadable': [
    400,
    {
      en: 'This is no request to a witness (C2SP tlog-witness). {what}',
      'zh-Hant': '這不是給見證者的要求（C2SP tlog-witness）。{what}',
    },
  ],
  'witness-old-beyond': [
    400,
    {
      en: 'The old size is larger than the checkpoint. A witness does not cosign backwards.',
      'zh-Hant': '原有大小超過檢查點的大小；見證者不會為倒退的檢查點加簽。',
    },
  ],
  'witness-unsigned': [
    403,
    {
      en: 'The witness knows the log and not who signed this. {what}',
      'zh-Hant': '見證者認識這個日誌，但不認識簽署者。{what}',
    },
  ],
  'log-not-watched': [
    404,
    {
      en: 'This witness does not watch a log of that name, or has cosigned nothing of it yet. Ask its operator to add the log.',
      'zh-Hant': '見證者沒有監察這個名稱的日誌，或尚未為它加簽。請聯絡見證者的營運者加入該日誌。',
    },
  ],
  'evidence-not-found': [404, { en: 'There is no evidence of that number.', 'zh-Hant': '找不到這個編號的證據。' }],
  'witness-not-grown': [
    422,
    {
      en: 'The proof does not lead from the checkpoint that was cosigned last to this one.',
      'zh-Hant': '所附的證明不能由上次加簽的檢查點推算至這個檢查點。',
    },
  ],
  'witness-busy': [
    503,
    {
      en: 'Others have this log cosigned at the same time. Send it again.',
      'zh-Hant': '這個日誌正由其他要求加簽，請再次送出。',
    },
  ],
})
