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
  'ledger.witness-keys-made': { en: 'The keys of the witness were made', 'zh-Hant': '產生了見證者的密鑰' },
  'ledger.witness-keys-rotated': {
    en: 'The witness has new keys, and cosigns with the former ones as well for a while',
    'zh-Hant': '見證者已有新密鑰，並在一段時間內同時以舊密鑰加簽',
  },
  'ledger.witness-keys-lost': {
    en: 'The keys of the witness were lost; it cosigns with new ones from now on',
    'zh-Hant': '見證者的密鑰已報失，由現在起以新密鑰加簽',
  },
  'ledger.witness-keys-retired': {
    en: 'Former keys of the witness cosign no more',
    'zh-Hant': '見證者的舊密鑰不再加簽',
  },
  'ledger.evidence-kept': {
    en: 'A log showed what does not fit what was cosigned of it; both checkpoints were kept',
    'zh-Hant': '日誌出示的檢查點與已加簽的不符；兩者均已保存',
  },
})
