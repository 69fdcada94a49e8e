import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('ledger', {
  'log-not-found': [
    404,
    {
      en: 'There is no log of this name here. Choose one from the list of logs.',
      'zh-Hant': '這裏沒有這個名稱的日誌。請從日誌列表選擇。',
    },
  ],
  'tile-not-found': [
    404,
    {
      en: 'The log has nothing at this address: not yet, or not in this spelling. Read its checkpoint first.',
      'zh-Hant': '日誌在這個網址沒有內容：可能尚未有，或寫法不符。請先讀取檢查點。',
    },
  ],
  'policy-not-found': [
    404,
    {
      en: 'This log asks for no witness: its checkpoints are served as the log signs them.',
      'zh-Hant': '這個日誌沒有要求見證者：檢查點由日誌簽署後即提供。',
    },
  ],
  'entry-not-found': [
    404,
    {
      en: 'The log has no such entry. If it was sent just now, ask again in a second.',
      'zh-Hant': '日誌沒有這個條目。如剛剛才送出，請稍候一秒再查詢。',
    },
  ],
  'act-not-found': [
    404,
    {
      en: 'There is no such line in your part of the audit trail. Choose one from your account.',
      'zh-Hant': '審計軌跡中與你有關的部分沒有這一行。請從你的帳戶選擇。',
    },
  ],
  'key-refused': [
    401,
    {
      en: 'This needs a key of a program, sent as “Authorization: Bearer …”. The one that came is unknown, was withdrawn, or has ended.',
      'zh-Hant': '須以「Authorization: Bearer …」附上程式密鑰；收到的密鑰不明、已撤銷或已到期。',
    },
  ],
  'key-scope': [
    403,
    {
      en: 'The key of this program does not allow this: {scope}. Ask the ledger officer of your organisation for one that does.',
      'zh-Hant': '這條程式密鑰並無此權限：{scope}。請向所屬機構的帳本人員申請。',
    },
  ],
  'log-not-open': [
    403,
    {
      en: 'Your organisation does not write to the log “{log}”.',
      'zh-Hant': '你的機構不能寫入日誌「{log}」。',
    },
  ],
  'key-reused': [
    409,
    {
      en: 'This Idempotency-Key was sent before with other entries. Send the same entries again, or take a new key.',
      'zh-Hant': '這個 Idempotency-Key 曾隨其他條目送出。請重送相同條目，或改用新的鍵。',
    },
  ],
  'log-busy': [
    503,
    {
      en: 'More is being written than can be kept just now. Nothing of this request was kept; send it again in a few seconds.',
      'zh-Hant': '現時寫入量過大，這項要求完全沒有保存。請幾秒後再送出。',
    },
  ],
})
