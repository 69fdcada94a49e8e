import { texts } from '#platform'
import { events as witnessEvents } from './witness/acts.ts'

/** What each permission lets a person do. */
export const permissions = texts({
  'ledger:prove-act': {
    en: 'Prove that any line of the audit trail is in its log',
    'zh-Hant': '證明審計軌跡任何一行載於日誌',
  },
  'ledger:keep-register': {
    en: 'Enter and approve steps in registers for one’s organisation',
    'zh-Hant': '代表所屬機構在登記冊登錄和批准步驟',
  },
  'ledger:issue-key': {
    en: 'Look after the keys of one’s organisation’s programs',
    'zh-Hant': '管理所屬機構的程式密鑰',
  },
  'ledger:see-office': { en: 'See alarms, health and quotas of the logs', 'zh-Hant': '查看日誌的警報、運作狀況和限額' },
  'ledger:run': { en: 'Run the logs for every organisation', 'zh-Hant': '為所有機構營運日誌' },
  'ledger:notarise': { en: 'Notarise documents for one’s organisation', 'zh-Hant': '為所屬機構把文件存證' },
})

/** What each event of the audit trail says to the person who caused it. */
export const events = {
  ...witnessEvents,
  ...texts({
    'ledger.policy-set': {
      en: 'A log has a new policy: who must cosign its checkpoints',
      'zh-Hant': '日誌有新的信任政策：訂明誰須加簽其檢查點',
    },
    'ledger.key-issued': { en: 'A key for a program of a department was made', 'zh-Hant': '產生了部門的程式密鑰' },
    'ledger.key-withdrawn': { en: 'A key of a program was withdrawn', 'zh-Hant': '撤銷了程式密鑰' },
    'ledger.log-keys-made': { en: 'The keys of a log were made', 'zh-Hant': '產生了日誌的密鑰' },
    'ledger.log-keys-rotated': {
      en: 'A log has new keys, and signs with the former ones as well for a while',
      'zh-Hant': '日誌已有新密鑰，並在一段時間內同時以舊密鑰簽署',
    },
    'ledger.log-keys-lost': {
      en: 'The keys of a log were lost; it signs with new ones from now on',
      'zh-Hant': '日誌的密鑰已報失，由現在起以新密鑰簽署',
    },
    'ledger.log-keys-retired': { en: 'Former keys of a log sign no more', 'zh-Hant': '日誌的舊密鑰不再簽署' },
    'ledger.key-rotated': { en: 'A key of a program is followed by another', 'zh-Hant': '更換了程式密鑰' },
    'ledger.key-lost': {
      en: 'A key of a program was withdrawn, as others may have it',
      'zh-Hant': '因密鑰可能外洩而撤銷了程式密鑰',
    },
    'ledger.rotation-asked': {
      en: 'You asked for new keys of a log; another officer must approve',
      'zh-Hant': '你要求更換日誌密鑰，須由另一名人員批准',
    },
    'ledger.rotation-refused': { en: 'You refused new keys of a log', 'zh-Hant': '你不批准更換日誌密鑰' },
    'ledger.log-restored': {
      en: 'A log was brought to where a mirror of it was',
      'zh-Hant': '已按鏡像補回日誌的條目',
    },
    'ledger.quota-set': { en: 'You set how much an organisation may write', 'zh-Hant': '你設定了機構的寫入限額' },
    'ledger.alarm-acknowledged': { en: 'You acknowledged an alarm of the ledger', 'zh-Hant': '你已知悉一項日誌警報' },
    'ledger.ceremony-witnessed': {
      en: 'You witnessed what was done with a key of a log',
      'zh-Hant': '你見證了日誌密鑰的操作',
    },
    'ledger.checkpoint-refused': {
      en: 'A witness refused to cosign a checkpoint of a log',
      'zh-Hant': '見證者拒絕加簽日誌的檢查點',
    },
    'ledger.document-notarised': {
      en: 'You entered a commitment to a document in a log',
      'zh-Hant': '你在日誌登錄了一份文件的承諾值',
    },
    'ledger.step-proposed': { en: 'You proposed a step in a register', 'zh-Hant': '你在登記冊提出了一個步驟' },
    'ledger.step-approved': { en: 'You approved a step in a register', 'zh-Hant': '你批准了登記冊的一個步驟' },
    'ledger.step-refused': {
      en: 'You refused or withdrew a step in a register',
      'zh-Hant': '你拒絕或撤回了登記冊的一個步驟',
    },
    'ledger.item-erased': {
      en: 'You erased what an item of a register holds',
      'zh-Hant': '你刪除了登記項的內容',
    },
    'ledger.anchor-failed': {
      en: 'Checkpoints of logs do not get to the chain',
      'zh-Hant': '日誌的檢查點未能寫到鏈上',
    },
    'ledger.notarisation-erased': {
      en: 'You erased the salt of a notarisation',
      'zh-Hant': '你刪除了一項存證的鹽值',
    },
  }),
}
