import { texts } from '#platform'

/** What the answer is made of, at the server and in the browser. */
export const words = texts({
  document: {
    en: 'Proved: this document is the one that entry {index} of {log} speaks of.',
    'zh-Hant': '已證明：這份文件正是{log}條目 {index} 所指的文件。',
  },
  entry: {
    en: 'Proved: this file is entry {index} of {log}.',
    'zh-Hant': '已證明：這個檔案就是{log}的條目 {index}。',
  },
  alone: {
    en: 'The proof is good: its entry is entry {index} of {log}. Add the document to see whether it is the one.',
    'zh-Hant': '證明有效：所載條目是{log}的條目 {index}。加上文件，即可查核是否同一份。',
  },
  'other-document': {
    en: 'This is another document. The proof is good, but the entry speaks of a document that differs from this one.',
    'zh-Hant': '文件不符。證明有效，但條目所指的並非這份文件。',
  },
  'salt-missing': {
    en: 'The proof is good, but whether it is for this document cannot be said: the proof does not carry the document’s salt.',
    'zh-Hant': '證明有效，但未能判斷是否屬於這份文件：證明沒有附上文件的鹽值。',
  },
  'file-missing': {
    en: 'The proof alone shows nothing: it does not carry its entry. Add the document or the entry that it is for.',
    'zh-Hant': '單憑這份證明無從查核：證明沒有附上條目。請加上它所屬的文件或條目。',
  },
  'proof-missing': {
    en: 'A document alone shows nothing. Add its proof, a file that ends in .tlog-proof; who issued the document has it.',
    'zh-Hant': '單憑文件無從查核。請加上它的證明，即以 .tlog-proof 結尾的檔案；文件簽發者備有此檔。',
  },
  'not-a-proof': {
    en: 'The file in the place of the proof is none. A proof ends in .tlog-proof and begins with “c2sp.org/tlog-proof@v1”.',
    'zh-Hant': '放在證明位置的檔案並非證明。證明以 .tlog-proof 結尾，內容以「c2sp.org/tlog-proof@v1」開首。',
  },
  'proof-damaged': {
    en: 'The proof is damaged, so nothing can be said. Ask for it again where it came from.',
    'zh-Hant': '證明已損壞，未能查核。請向原來的提供者再索取一份。',
  },
  'not-included': {
    en: 'Not proved: the proof is for another file, or was changed. Add the file that came with it.',
    'zh-Hant': '未能證明：這份證明屬於另一個檔案，或曾被改動。請加上與它一併提供的檔案。',
  },
  'signature-broken': {
    en: 'Not proved: the signature in the proof is not one over what it says. The proof was changed or forged; do not rely on it.',
    'zh-Hant': '未能證明：證明內的簽署與所載內容不符。證明曾被改動或屬偽造，不應信賴。',
  },
  'log-unknown': {
    en: 'Not proved: the proof is of a log that is not among those trusted here. Add its key below if you trust it.',
    'zh-Hant': '未能證明：證明所屬的日誌不在這裏信任之列。如你信任它，請在下面加上其密鑰。',
  },
  'witnesses-few': {
    en: 'Not proved: fewer witnesses cosigned than is asked for here. A newer proof of the same entry may have more.',
    'zh-Hant': '未能證明：加簽的見證者少於這裏所要求的數目。同一條目較新的證明可能有更多加簽。',
  },
  'policy-wrong': {
    en: 'The policy below cannot be read, so nothing was checked. Correct the line, or empty the field to trust the logs of this site.',
    'zh-Hant': '下面的信任政策無法讀取，因此未作查核。請更正該行，或清空欄位以信任本網站的日誌。',
  },
  'cannot-check': {
    en: 'This browser or server cannot check one of the signatures. That does not mean that it is wrong.',
    'zh-Hant': '這個瀏覽器或伺服器無法查核其中一項簽署，但不表示簽署有誤。',
  },
  'code-unknown': {
    en: 'This code holds neither a proof nor the address of an entry of this site. Use one from a certificate, or the file that ends in .tlog-proof.',
    'zh-Hant': '這個二維碼既非證明，亦非本網站條目的網址。請使用證書上的二維碼，或以 .tlog-proof 結尾的檔案。',
  },
  'code-elsewhere': {
    en: 'This code leads to another site, {site}, which was not asked. If you trust it, open it yourself, take the proof away there and add it here.',
    'zh-Hant': '這個二維碼指向另一網站 {site}，系統沒有向它查詢。如你信任該網站，請自行開啟，下載證明後在此加上。',
  },
  'code-missing': {
    en: 'This site has no entry at the address in the code. It may be mistyped, or the entry is not published yet: try again in a minute.',
    'zh-Hant': '本網站沒有二維碼所示網址的條目。網址可能有誤，或條目尚未公布，請一分鐘後再試。',
  },
  'code-unread': {
    en: 'No code was found in the picture. Take it again: straight from above, in focus, with the white margin around the code.',
    'zh-Hant': '圖片中找不到二維碼。請重新拍攝：由正上方對焦，並拍入二維碼四周的白邊。',
  },
  'camera-missing': {
    en: 'No camera could be used. Allow it in the browser, or choose a picture of the code.',
    'zh-Hant': '無法使用鏡頭。請在瀏覽器准許使用，或選擇二維碼的圖片。',
  },
  unreached: {
    en: 'This site could not be reached to get the proof of the entry. Try again when there is a network.',
    'zh-Hant': '未能連接本網站取得條目的證明。請在有網絡時再試。',
  },
  'too-large': {
    en: 'A file is too large to be checked here: {limit} at most. With a program of your own, compare its commitment with that in the entry.',
    'zh-Hant': '檔案過大，不能在此查核：上限為 {limit}。可用自己的程式計算承諾值，與條目所載的比較。',
  },
  unread: {
    en: 'The file could not be read. Choose it again.',
    'zh-Hant': '無法讀取檔案，請重新選擇。',
  },
  exact: { en: 'What is wrong, exactly: {sentence}', 'zh-Hant': '具體問題：{sentence}' },
  rewritten: {
    en: 'The data is the same; the file is laid out differently from the one that was entered (RFC 8785).',
    'zh-Hant': '資料相同，但檔案的排列與登錄時不同（RFC 8785）。',
  },
  proves: {
    en: 'So it has not changed since it was entered by {organisation}, and the log cannot take the entry back unseen.',
    'zh-Hant': '因此自{organisation}登錄以來沒有改動，而日誌亦不能暗中撤去這個條目。',
  },
  'proves-entry': {
    en: 'So it has not changed since it was entered, and the log cannot take it back unseen.',
    'zh-Hant': '因此自登錄以來沒有改動，而日誌亦不能暗中撤去它。',
  },
  'proves-not': {
    en: 'This does not show that what it says is true, nor that it still counts: a later entry may have withdrawn it. Ask who issued it.',
    'zh-Hant': '這並不表示內容屬實，亦不表示仍然有效：其後的條目可能已將它撤銷。請向簽發者查詢。',
  },
  unwitnessed: {
    en: 'No witness outside the log counted here. The log could show other people another list; a proof with cosignatures excludes that.',
    'zh-Hant': '這裏沒有計及日誌以外的見證者。日誌有可能向其他人展示另一份列表；附有加簽的證明可排除這一點。',
  },
  log: { en: 'Log', 'zh-Hant': '日誌' },
  named: { en: '{title} ({origin})', 'zh-Hant': '{title}（{origin}）' },
  place: { en: 'Entry', 'zh-Hant': '條目' },
  // The first entry is entry 0.
  of: {
    en: '{index}, counted from 0; the log had {size} then',
    'zh-Hant': '{index}（由 0 起計），日誌當時有 {size} 個條目',
  },
  who: { en: 'Entered by', 'zh-Hant': '登錄機構' },
  what: { en: 'What happened', 'zh-Hant': '事項' },
  form: { en: 'Form of the document', 'zh-Hant': '文件格式' },
  when: { en: 'Time in the entry', 'zh-Hant': '條目所載時間' },
  latest: { en: 'In the log no later than', 'zh-Hant': '最遲登錄時間' },
  signed: { en: 'Signed by the log', 'zh-Hant': '日誌簽署' },
  cosigned: { en: 'Cosigned by', 'zh-Hant': '加簽者' },
  by: { en: '{name} ({kind})', 'zh-Hant': '{name}（{kind}）' },
  'by-at': { en: '{name} ({kind}), {moment}', 'zh-Hant': '{name}（{kind}），{moment}' },
  nobody: { en: 'no witness that is trusted here', 'zh-Hant': '沒有這裏信任的見證者' },
  others: { en: 'Passed over', 'zh-Hant': '不予計算' },
  unknown: {
    en: 'Signatures by keys that are not known here: {count}',
    'zh-Hant': '由這裏不認識的密鑰所作的簽署：{count} 項',
  },
  // As every page writes an instant.
  day: { en: '{day} {month} {year}', 'zh-Hant': '{year} 年 {month} 月 {day} 日' },
  time: { en: '{date}, {time}', 'zh-Hant': '{date} {time}' },
})

export type WordKey = keyof typeof words
