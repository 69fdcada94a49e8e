import { texts } from '#platform'

/** Why a checkpoint does not get to the chain just now. Each is tried again; none loses it. */
export const failureTexts = texts({
  'node-down': {
    en: 'The node does not answer. See that it runs, and that its address is right.',
    'zh-Hant': '節點沒有回應。請查看其是否運行，以及網址是否正確。',
  },
  'node-refuses': {
    en: 'The node refuses what it is asked for. Its own log says why.',
    'zh-Hant': '節點拒絕請求，原因見節點的日誌。',
  },
  'wrong-chain': {
    en: 'The node serves another chain than the one that is set. Correct the address or the number of the chain.',
    'zh-Hant': '節點所屬的鏈與設定不同。請更正節點網址或鏈編號。',
  },
  'no-contract': {
    en: 'There is no contract for checkpoints at the address that is set. Deploy one, or correct the address.',
    'zh-Hant': '設定的地址沒有保存檢查點的合約。請部署合約，或更正地址。',
  },
  'not-publisher': {
    en: 'The contract takes checkpoints from another account only. Have it handed over, or deploy one.',
    'zh-Hant': '合約只接受另一帳戶送出的檢查點。請安排移交，或自行部署合約。',
  },
  'no-funds': {
    en: 'The account cannot pay for gas. Send it some: checkpoints that wait then go on by themselves, and a verb is called again.',
    'zh-Hant': '帳戶餘額不足以支付燃料費，請存入。等候中的檢查點其後會自動繼續；指令則須再次執行。',
  },
  'fee-low': {
    en: 'The network asks for more than was offered. The next try offers more, up to the limit that is set.',
    'zh-Hant': '網絡收取的費用高於所出的費用。下次會在設定上限內提高。',
  },
  'fee-limit': {
    en: 'The network asks for more than the limit that is set. It goes on when gas is cheaper, or the limit higher.',
    'zh-Hant': '網絡收取的費用高於設定上限。費用回落或調高上限後即繼續。',
  },
  reverted: {
    en: 'The contract refused the transaction. It may hold as large a checkpoint already, or take them from another account: look there before another try.',
    'zh-Hant': '合約拒絕了交易：可能已存有同樣大小的檢查點，或只接受另一帳戶。再試前請先查看合約。',
  },
  'nonce-taken': {
    en: 'Somebody else uses the account: its next number was taken. The checkpoint is sent under another.',
    'zh-Hant': '帳戶另有他人使用，交易序號已被佔用。檢查點會以另一序號重新送出。',
  },
  contradiction: {
    en: 'The node contradicts itself: what it says of the transaction is not what it says of the block or the contract. If it goes on, set another node.',
    'zh-Hant': '節點前後不一：它就交易所說的，與區塊或合約的內容不符。如持續如此，請改用另一節點。',
  },
  'other-root': {
    en: 'The chain holds another root for as many entries: the log shows two histories. Keep both checkpoints as evidence.',
    'zh-Hant': '鏈上同一條目數目的根並不相同：日誌出現兩個歷史。請保存兩個檢查點作為證據。',
  },
})

export type FailureCode = keyof typeof failureTexts

/** Expected of a chain, and kept with the anchor that waits. */
export class ChainFailure extends Error {
  override name = 'ChainFailure'
  readonly code: FailureCode

  constructor(code: FailureCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
