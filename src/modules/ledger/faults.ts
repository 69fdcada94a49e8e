import { type Language, say, type Text, texts, type Values } from '#platform'

/** What was typed wrongly, or cannot be read now: of a log nothing can be said by it. */
const ofReading = texts({
  'entries-form': {
    en: '--lost takes entries by their numbers, as 19-20 or 7,19-20.',
    'zh-Hant': '--lost 須填條目編號，例如 19-20 或 7,19-20。',
  },
  'overlap-days': { en: '--days takes a whole number from 1 to {max}.', 'zh-Hant': '--days 須為 1 至 {max} 的整數。' },
  'key-name': {
    en: 'The name of a key is not empty, and has neither spaces nor “+”: “{name}”.',
    'zh-Hant': '密鑰名稱不可留空，亦不可含有空格或「+」：「{name}」。',
  },
  'key-or-policy': {
    en: 'Say whose log counts: either --policy POLICY or --key VKEY.',
    'zh-Hant': '請指明以誰的日誌為準：--policy POLICY 或 --key VKEY，二者選一。',
  },
  'witness-keys-many': {
    en: '{witness} cosigns by {keys} keys already; with more, logs would not read its answers. Rotate again after {at}, when the oldest retire, or at once with --lost if others may have them.',
    'zh-Hant':
      '{witness} 現以 {keys} 條密鑰加簽；再增加，日誌便不會讀取其回應。請於 {at} 最舊的密鑰停用後再更換；如密鑰可能外洩，可用 --lost 即時更換。',
  },
  'overlap-lost': {
    en: 'Say either --lost, by which the old keys end at once, or --days, by which they go on.',
    'zh-Hant': '請二擇其一：--lost 令舊密鑰即時停用，--days 令其繼續簽署。',
  },
  'key-length': {
    en: 'The key “{name}” has not the length of its kind.',
    'zh-Hant': '密鑰「{name}」的長度與其種類不符。',
  },
  'key-unusable': {
    en: 'This Node.js cannot check signatures by “{name}” ({kind}).',
    'zh-Hant': '此 Node.js 無法查核「{name}」（{kind}）的簽署。',
  },
  'vkey-form': {
    en: 'This is no verifier key. One looks like example.com/log+33d7b496+AeHT… (C2SP signed-note).',
    'zh-Hant': '這不是查核密鑰；查核密鑰的格式如 example.com/log+33d7b496+AeHT…（C2SP signed-note）。',
  },
  'vkey-type': {
    en: 'The key “{name}” is of type {type}, which Praya does not check. It checks types 1, 4 and 6.',
    'zh-Hant': '密鑰「{name}」屬類型 {type}，Praya 不能查核；可查核的類型為 1、4 及 6。',
  },
  'vkey-id': {
    en: 'The identifier in the key “{name}” is not that of its name and key. It was changed or copied wrongly.',
    'zh-Hant': '密鑰「{name}」內的識別碼與其名稱和密鑰不符，可能曾被改動或抄錯。',
  },
  'note-ambiguous': {
    en: 'Two of the given keys are called “{name}” and have one identifier.',
    'zh-Hant': '提供的密鑰中，有兩條同名「{name}」而識別碼相同。',
  },
  'cosignature-name': {
    en: 'A name in a cosignature has 1 to 255 octets: “{name}”.',
    'zh-Hant': '加簽內的名稱須為 1 至 255 位元組：「{name}」。',
  },
  'policy-large': { en: 'The policy is larger than {max} bytes.', 'zh-Hant': '信任政策超過 {max} 位元組。' },
  'policy-character': {
    en: 'Line {line} of the policy holds a control character.',
    'zh-Hant': '信任政策第 {line} 行含有控制字元。',
  },
  'policy-word': {
    en: 'Line {line} of the policy begins with “{word}”. Lines begin with log, witness, group or quorum.',
    'zh-Hant': '信任政策第 {line} 行以「{word}」開首；各行應以 log、witness、group 或 quorum 開首。',
  },
  'policy-form': {
    en: 'Line {line} of the policy has too few or too many words.',
    'zh-Hant': '信任政策第 {line} 行的字詞過少或過多。',
  },
  'policy-key': {
    en: 'Line {line} of the policy has no usable key.',
    'zh-Hant': '信任政策第 {line} 行沒有可用的密鑰。',
  },
  'policy-kind': {
    en: 'The key in line {line} of the policy is not of a kind for its use: logs sign, witnesses cosign.',
    'zh-Hant': '信任政策第 {line} 行的密鑰種類與用途不符：日誌簽署，見證者加簽。',
  },
  'policy-twice': {
    en: 'The key in line {line} of the policy stands there twice.',
    'zh-Hant': '信任政策第 {line} 行的密鑰重複出現。',
  },
  'policy-many': {
    en: 'Line {line} of the policy is one too many of its kind: {max} are read.',
    'zh-Hant': '信任政策第 {line} 行超出同類上限 {max} 行。',
  },
  'policy-count': {
    en: 'Line {line} of the policy: write any, all, or a number from 1 to {members}.',
    'zh-Hant': '信任政策第 {line} 行：請填 any、all 或 1 至 {members} 的數目。',
  },
  'policy-unknown': {
    en: 'Line {line} of the policy names “{name}”, which no line before it defines.',
    'zh-Hant': '信任政策第 {line} 行提及「{name}」，但之前沒有任何一行定義它。',
  },
  'policy-used': {
    en: 'Line {line} of the policy puts “{name}” into a second group, where it would count twice.',
    'zh-Hant': '信任政策第 {line} 行把「{name}」放進第二個組別，會令它計算兩次。',
  },
  'policy-name': {
    en: 'Line {line} of the policy defines “{name}”, which is taken.',
    'zh-Hant': '信任政策第 {line} 行定義的名稱「{name}」已被使用。',
  },
  'policy-quorums': {
    en: 'Line {line} of the policy is a second quorum.',
    'zh-Hant': '信任政策第 {line} 行重複訂明法定數目。',
  },
  'policy-no-key': {
    en: 'The policy names no key of the log “{log}”. Begin it with the lines that ./praya ledger policy {log} prints.',
    'zh-Hant': '信任政策沒有列出日誌「{log}」的密鑰。請以 ./praya ledger policy {log} 顯示的各行開始。',
  },
  'policy-utf8': { en: 'The policy is no text in UTF-8.', 'zh-Hant': '信任政策並非 UTF-8 文字。' },
  'policy-no-quorum': { en: 'The policy has no quorum line.', 'zh-Hant': '信任政策沒有 quorum 行。' },
  'read-slow': {
    en: '{path} did not arrive within {seconds} seconds.',
    'zh-Hant': '{path} 未能在 {seconds} 秒內取得。',
  },
  'read-failed': { en: '{path} cannot be read: {why}.', 'zh-Hant': '無法讀取 {path}：{why}。' },
  'read-status': {
    en: 'The server answers {status} to {path}.',
    'zh-Hant': '伺服器對 {path} 的回應為 {status}。',
  },
  'read-redirects': {
    en: 'The server sends {path} on more than {max} times, or to where no log can be.',
    'zh-Hant': '伺服器把 {path} 轉址超過 {max} 次，或轉往不可能有日誌的地方。',
  },
  'address-form': { en: '{where} is no address.', 'zh-Hant': '{where} 並非網址。' },
  'file-large': {
    en: 'The file {path} is larger than the {max} bytes that it may have.',
    'zh-Hant': '檔案 {path} 超過容許的 {max} 位元組。',
  },
  'write-failed': { en: '{path} cannot be written: {why}.', 'zh-Hant': '無法寫入 {path}：{why}。' },
  'no-file': { en: 'There is no file {path}.', 'zh-Hant': '找不到檔案 {path}。' },
  'of-file': { en: '{path}: {sentence}', 'zh-Hant': '{path}：{sentence}' },
  'no-checkpoint': {
    en: 'There is no log at {where}: it has no checkpoint.',
    'zh-Hant': '{where} 沒有日誌：找不到檢查點。',
  },
  'no-log': {
    en: 'There is no log “{name}” here. There are: {names}.',
    'zh-Hant': '這裏沒有日誌「{name}」。現有日誌：{names}。',
  },
  'witness-line': {
    en: 'Line {line} of the request is not what C2SP tlog-witness has there.',
    'zh-Hant': '要求的第 {line} 行不符合 C2SP tlog-witness 的格式。',
  },
  'witness-hashes': {
    en: 'A proof of growth has at most {max} lines.',
    'zh-Hant': '一致性證明不可超過 {max} 行。',
  },
  'state-form': {
    en: 'The file {path} does not hold how far a log was read. Name another one, or none to begin anew.',
    'zh-Hant': '檔案 {path} 沒有記錄日誌讀到何處。請指明另一檔案；如要重新開始，則不必指明。',
  },
  'witness-key-kind': {
    en: 'The key “{name}” is one by which witnesses cosign. Logs sign with keys of types 1 and 6.',
    'zh-Hant': '「{name}」是見證者加簽用的密鑰；日誌簽署用的密鑰屬類型 1 或 6。',
  },
})

/** What is wrong with a log, or with what is to prove something of one. */
const ofLog = texts({
  'restore-busy': {
    en: 'Something was written to {name} since the backup, and does not fit what the mirror has. Nothing was brought back. Stop every process, put back the older state again, and try once more.',
    'zh-Hant': '備份之後曾有內容寫入 {name}，與鏡像不符，因此未有補回任何條目。請停止所有程序，重新還原舊備份後再試。',
  },
  'tile-length': {
    en: '{path} has {bytes} bytes instead of {expected}.',
    'zh-Hant': '{path} 有 {bytes} 位元組，應為 {expected}。',
  },
  'bundle-short': {
    en: '{path} ends in the middle: {entries} of its {width} entries can be read.',
    'zh-Hant': '{path} 中途截斷：{width} 個條目中只能讀出 {entries} 個。',
  },
  'bundle-long': {
    en: '{path} goes on after its {width} entries.',
    'zh-Hant': '{path} 在 {width} 個條目之後還有內容。',
  },
  'note-large': { en: 'The note is larger than {max} bytes.', 'zh-Hant': '簽署短文超過 {max} 位元組。' },
  'note-utf8': { en: 'The note is no text in UTF-8.', 'zh-Hant': '簽署短文並非 UTF-8 文字。' },
  'note-controls': { en: 'The note holds control characters.', 'zh-Hant': '簽署短文含有控制字元。' },
  'note-form': {
    en: 'This is no signed note: after its text an empty line and lines of signatures are due.',
    'zh-Hant': '這不是簽署短文：正文之後應有一個空行及簽署行。',
  },
  'note-line': { en: 'Line {line} of the signatures cannot be read.', 'zh-Hant': '無法讀取第 {line} 行簽署。' },
  'note-signatures': {
    en: 'The note has more than {max} signatures.',
    'zh-Hant': '簽署短文有超過 {max} 個簽署。',
  },
  'note-broken': {
    en: 'The signature by “{name}” is not one over this text. The text was changed, or somebody pretends to be “{name}”.',
    'zh-Hant': '「{name}」的簽署與這段文字不符：文字曾被改動，或有人冒充「{name}」。',
  },
  'note-unsigned': { en: 'No given key signed this note.', 'zh-Hant': '提供的密鑰均未簽署這份短文。' },
  'checkpoint-form': {
    en: 'The text of the note is no checkpoint: lines with the origin, the size and the root are due.',
    'zh-Hant': '短文並非檢查點：應有來源、大小及根雜湊各一行。',
  },
  'checkpoint-size': {
    en: 'The size in the checkpoint is no number of entries.',
    'zh-Hant': '檢查點的大小並非條目數目。',
  },
  'checkpoint-root': { en: 'The root in the checkpoint is no hash.', 'zh-Hant': '檢查點的根並非雜湊值。' },
  'policy-other-log': {
    en: 'The checkpoint of “{origin}” is not signed by a log of that name whose key was given.',
    'zh-Hant': '「{origin}」的檢查點並非由已提供密鑰的同名日誌簽署。',
  },
  'policy-few': {
    en: 'Too few witnesses cosigned the checkpoint for the quorum of the policy: {found} did.',
    'zh-Hant': '加簽檢查點的見證者未達信任政策的法定數目：只有 {found} 個。',
  },
  'proof-large': { en: 'The proof is larger than {max} bytes.', 'zh-Hant': '收錄證明超過 {max} 位元組。' },
  'proof-form': {
    en: 'Line {line} of the proof is not what C2SP tlog-proof has there.',
    'zh-Hant': '收錄證明第 {line} 行不符合 C2SP tlog-proof 的格式。',
  },
  'proof-index': {
    en: 'The proof is for entry {index}, and the log it names has {size} entries.',
    'zh-Hant': '收錄證明涉及條目 {index}，但所指日誌只有 {size} 個條目。',
  },
  'proof-not-included': {
    en: 'The proof does not lead from this file to the root of the log: the file is not entry {index}, or the proof was changed.',
    'zh-Hant': '收錄證明不能由此檔案推算至日誌的根：此檔案並非條目 {index}，或證明曾被改動。',
  },
  'document-other': {
    en: 'The proof is good, but the file is neither entry {index} nor the document that it speaks of.',
    'zh-Hant': '證明有效，但此檔案既非條目 {index}，亦非該條目所指的文件。',
  },
  'document-no-salt': {
    en: 'The proof is good, but whether it is for this file cannot be said: it does not carry the salt of the document of entry {index}. Ask whoever notarised it for the certificate or the proof.',
    'zh-Hant':
      '證明有效，但未能判斷是否屬於此檔案：證明沒有附上條目 {index} 所指文件的鹽值。請向存證者索取證書或證明。',
  },
  'read-large': {
    en: '{path} is larger than the {max} bytes that it may have.',
    'zh-Hant': '{path} 超過容許的 {max} 位元組。',
  },
  'read-missing': {
    en: '{path} is missing, and so is a fuller one.',
    'zh-Hant': '缺少 {path}，亦沒有更完整的版本。',
  },
  'entry-differs': {
    en: 'Entry {index} in {bundle} is not what its hash in {tile} says. In this bundle {count} entries differ.',
    'zh-Hant': '{bundle} 內的條目 {index} 與 {tile} 內的雜湊值不符；這個條目包內共有 {count} 個條目不符。',
  },
  'tile-differs': {
    en: 'Hash {at} in {path} is not that of the tile below it, {below}.',
    'zh-Hant': '{path} 內第 {at} 個雜湊值與下層的 {below} 不符。',
  },
  'root-differs': {
    en: 'The tiles do not lead to the root in the checkpoint of {size} entries.',
    'zh-Hant': '由各分塊推算的根，與載有 {size} 個條目的檢查點不符。',
  },
  'origin-differs': {
    en: 'This is the log “{origin}”, and what was read before was “{earlier}”. To follow another log, name another --state.',
    'zh-Hant': '這是日誌「{origin}」，先前讀取的是「{earlier}」。如要跟進另一日誌，請以 --state 指明另一檔案。',
  },
  'rolled-back': {
    en: 'The log has {size} entries, and had {earlier} in the earlier checkpoint. Entries were taken away.',
    'zh-Hant': '日誌現有 {size} 個條目，但先前的檢查點有 {earlier} 個：有條目被刪去。',
  },
  'copy-damaged': {
    en: 'The copy in {folder} was damaged: its tiles do not lead to its own checkpoint. Begin a new copy in another folder.',
    'zh-Hant': '{folder} 內的副本已損壞：其分塊與自身的檢查點不符。請在另一資料夾重新複製。',
  },
  'history-unknown': {
    en: 'Whether the log still begins with the {earlier} entries of before cannot be said until its tiles are right.',
    'zh-Hant': '在各分塊修正之前，無法判斷日誌開首是否仍是先前的 {earlier} 個條目。',
  },
  'history-differs': {
    en: 'The first {earlier} entries are not those of the earlier checkpoint. The log shows another history than before.',
    'zh-Hant': '首 {earlier} 個條目與先前的檢查點不符：日誌的歷史與之前不同。',
  },
  'history-large': { en: 'The history is larger than {max} bytes.', 'zh-Hant': '歷史證明超過 {max} 位元組。' },
  'history-form': {
    en: 'This is no proof of a history: {what} is missing or in another form.',
    'zh-Hant': '這不是歷史證明：{what} 缺漏或格式不符。',
  },
  'history-order': {
    en: 'The entries of the history are not in order, or lie beyond the {size} of its log.',
    'zh-Hant': '歷史證明的條目次序不符，或超出日誌的 {size} 個條目。',
  },
  'history-other-log': {
    en: 'The root of this history stands in {origin}. Only the index of {log} itself says which of its entries are about an item.',
    'zh-Hant': '這份歷史證明的索引根載於 {origin}。只有 {log} 本身的索引，才能指出哪些條目關於某一登記項。',
  },
  'history-incomplete': {
    en: 'The history is not the one that the index holds: entries are missing, were added, or the file was changed.',
    'zh-Hant': '歷史證明與索引所載不符：條目有缺漏或被加入，或檔案曾被改動。',
  },
})

/** What is wrong with something that came from outside: a log, a note, a policy, a proof. Each a sentence for the person. */
export const faultTexts = { ...ofReading, ...ofLog }

export type FaultCode = keyof typeof faultTexts

export class Fault extends Error {
  override name = 'Fault'
  readonly code: FaultCode
  readonly text: Text
  readonly values: Values

  constructor(code: FaultCode, values: Values = {}) {
    super(code)
    this.code = code
    this.text = faultTexts[code]
    this.values = values
  }

  /** Whether it is an answer: what was asked about is not so. Otherwise nothing can be said of it. */
  get isOfLog(): boolean {
    return Object.hasOwn(ofLog, this.code)
  }

  /** Whether who follows a log asks again: a server is away, or has the newest checkpoint before what it stands for. */
  get mayPass(): boolean {
    return this.code.startsWith('read-') || this.code === 'no-checkpoint'
  }

  /** With its places filled, to stand within the sentence of another. */
  filled(): Text {
    const inEach = (language: Language) => say(this.text, language, this.values)
    return { en: inEach('en'), 'zh-Hant': inEach('zh-Hant'), 'zh-Hans': inEach('zh-Hans') }
  }
}
