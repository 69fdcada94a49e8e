import { texts } from '#platform'

/** What each event of the audit trail says to the person who caused it. */
export const events = texts({
  'ledger.log-watched': {
    en: 'The witness watches a log, or one more key of it',
    'zh-Hant': '見證者開始監察一個日誌或其另一條密鑰',
  },
  'ledger.log-unwatched': { en: 'The witness watches a log no longer', 'zh-Hant': '見證者停止監察一個日誌' },
  'ledger.log-key-dropped': {
    en: 'The witness accepts a key of a log no longer',
    'zh-Hant': '見證者不再接受日誌的一條密鑰',
  },
  'ledger.evidence-kept': {
    en: 'A log showed what does not fit what was cosigned of it; both checkpoints were kept',
    'zh-Hant': '日誌出示的檢查點與已加簽的不符；兩者均已保存',
  },
})
