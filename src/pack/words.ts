import { type Text, texts } from '../platform/languages.ts'

/** What may be wrong in a YAML file that people write. Each sentence says what to do; `key`, `found` and `near` are theirs. */
export const mistakes = texts({
  // The file and its bytes.
  tooLarge: {
    en: 'This file is larger than {max}. Split it or shorten it.',
    'zh-Hant': '檔案大於 {max}，須分開或縮短。',
  },
  notUtf8: {
    en: 'This line is not UTF-8 (Big5, perhaps). In the text editor choose “Save as” and the encoding UTF-8.',
    'zh-Hant': '此行不是 UTF-8（或屬 Big5）。在文字編輯器選「另存新檔」，編碼選 UTF-8。',
  },
  utf16: {
    en: 'This file is UTF-16, or holds no text. In the text editor choose “Save as” and the encoding UTF-8.',
    'zh-Hant': '檔案為 UTF-16，或不是文字檔。在文字編輯器選「另存新檔」，編碼選 UTF-8。',
  },
  tooDeep: {
    en: 'This file nests too deeply to be read. Flatten it.',
    'zh-Hant': '檔案的層次過多，無法讀取。須減少層次。',
  },
  empty: {
    en: 'This file is empty. Write its content, or delete it.',
    'zh-Hant': '檔案是空的。填寫內容，或刪去檔案。',
  },
  alias: {
    en: '“*{name}” repeats another part. Write it out: aliases are not read.',
    'zh-Hant': '「*{name}」重複另一部分。須全部寫出；本程式不讀取別名。',
  },
  keyTwice: {
    en: '“{key}” is already written on line {line}. Keep one of the two.',
    'zh-Hant': '第 {line} 行已寫「{key}」。只保留其一。',
  },

  // Its form: what stands in `found` is as its author wrote it.
  unknown: {
    en: '“{key}” is not known here. Correct its spelling, or remove it.',
    'zh-Hant': '這裏沒有「{key}」這一項。更正寫法，或刪去。',
  },
  unknownNear: {
    en: '“{key}” is not known here. Did you mean “{near}”?',
    'zh-Hant': '這裏沒有「{key}」這一項。你是否想寫「{near}」？',
  },
  missing: {
    en: '“{key}” is missing here. Add a line “{key}: …”.',
    'zh-Hant': '這裏欠缺「{key}」。加上一行「{key}: …」。',
  },
  noValue: {
    en: '“{key}” has no value. Write one after the colon, or remove the line.',
    'zh-Hant': '「{key}」沒有值。在冒號後填寫，或刪去此行。',
  },
  text: {
    en: "“{key}” must be text. Put it in quotation marks: '{found}'.",
    'zh-Hant': "「{key}」須為文字。加上引號：'{found}'。",
  },
  line: {
    en: '“{key}” must be text on one line, not “{found}”.',
    'zh-Hant': '「{key}」須為一行文字，不是「{found}」。',
  },
  number: { en: '“{key}” must be a number, not “{found}”.', 'zh-Hant': '「{key}」須為數字，不是「{found}」。' },
  integer: {
    en: '“{key}” must be a whole number, as 12, not “{found}”.',
    'zh-Hant': '「{key}」須為整數，例如 12，不是「{found}」。',
  },
  bareInteger: {
    en: '“{key}” must be a whole number. Write {number}: digits alone, without quotation marks or separators.',
    'zh-Hant': '「{key}」須為整數。寫 {number}：只用半形數字，不加引號和分隔符號。',
  },
  truth: {
    en: '“{key}” must be true or false, not “{found}”.',
    'zh-Hant': '「{key}」須為 true 或 false，不是「{found}」。',
  },
  list: {
    en: '“{key}” must be a list, as [one, two], or lines that begin with “- ”.',
    'zh-Hant': '「{key}」須為清單，例如 [one, two]，或每行以「- 」開頭。',
  },
  group: {
    en: '“{key}” must be a group of lines “name: value”, indented below it, not “{found}”.',
    'zh-Hant': '「{key}」之下須為一組縮排的「name: value」，不是「{found}」。',
  },
  oneOf: {
    en: '“{key}” is “{found}”. Write one of {words}.',
    'zh-Hant': '「{key}」寫作「{found}」。須為以下之一：{words}。',
  },
  oneOfNear: {
    en: '“{key}” is “{found}”. Write one of {words}. Did you mean “{near}”?',
    'zh-Hant': '「{key}」寫作「{found}」。須為以下之一：{words}。你是否想寫「{near}」？',
  },
  only: {
    en: '“{key}” is “{found}”. Write {word}, or remove the line.',
    'zh-Hant': '「{key}」寫作「{found}」。須為 {word}，或刪去此行。',
  },
  unfit: {
    en: '“{key}” is “{found}”, which does not fit. Expected: {expects}.',
    'zh-Hant': '「{key}」寫作「{found}」，不合格式。應為：{expects}。',
  },
  atLeast: {
    en: '“{key}” is {found}; the least is {limit}.',
    'zh-Hant': '「{key}」為 {found}，最小為 {limit}。',
  },
  atMost: {
    en: '“{key}” is {found}; the most is {limit}.',
    'zh-Hant': '「{key}」為 {found}，最大為 {limit}。',
  },
  emptyText: {
    en: '“{key}” is empty. Write its text.',
    'zh-Hant': '「{key}」是空的，須填寫。',
  },
  tooLong: {
    en: '“{key}” has more than {limit} characters. Shorten it.',
    'zh-Hant': '「{key}」多於 {limit} 個字元，須縮短。',
  },
  tooFew: {
    en: '“{key}” has fewer than {limit} entries. Add what is missing.',
    'zh-Hant': '「{key}」少於 {limit} 項，須補足。',
  },
  tooMany: {
    en: '“{key}” has more than {limit} entries. Remove some.',
    'zh-Hant': '「{key}」多於 {limit} 項，須刪減。',
  },
  repeated: {
    en: '“{key}” holds the same entry twice. Keep one of the two.',
    'zh-Hant': '「{key}」有重複的項目。只保留其一。',
  },
  entriesWanted: {
    en: 'This file must be a list. Begin each entry with a hyphen and a space, as “- id: …”.',
    'zh-Hant': '檔案須為清單。每項以連字號和空格開頭，例如「- id: …」。',
  },
  keysWanted: {
    en: 'Write names with their values here, as “id: …”: an ordinary colon, then a space.',
    'zh-Hant': '這裏須寫名稱和值，例如「id: …」：用半形冒號，後加空格。',
  },

  // The folder, and what its files say of each other.
  noFolder: {
    en: 'The folder {folder} cannot be read ({why}). Check its path and its permissions.',
    'zh-Hant': '無法讀取資料夾 {folder}（{why}）。檢查路徑和權限。',
  },
  tooManyFiles: {
    en: 'A pack holds {max} files at most, and here are more. Is this the right folder?',
    'zh-Hant': '資料包最多有 {max} 個檔案，這裏不止此數。資料夾是否正確？',
  },
  noAccess: {
    en: 'This file cannot be read ({why}). Check its permissions.',
    'zh-Hant': '無法讀取檔案（{why}）。檢查權限。',
  },
  noFile: {
    en: 'This is no plain file. Put the file itself here.',
    'zh-Hant': '這不是普通檔案。須放入檔案本身。',
  },
  stranger: {
    en: 'Nothing reads a file of this name. Rename it or delete it.',
    'zh-Hant': '沒有程式讀取這個名稱的檔案。改名，或刪去。',
  },
  strangerNear: {
    en: 'Nothing reads a file of this name. Rename it or delete it. Did you mean “{near}”?',
    'zh-Hant': '沒有程式讀取這個名稱的檔案。改名，或刪去。你是否想寫「{near}」？',
  },
  fileMissing: {
    en: 'This file is missing, and every pack needs it. docs/reference/pack.md says what it holds.',
    'zh-Hant': '欠缺這個檔案，而每個資料包都須有。內容見 docs/reference/pack.md。',
  },
  idTwice: {
    en: '“{id}” is taken already, at {before}. Choose another.',
    'zh-Hant': '「{id}」已用於 {before}。須另選一個。',
  },
  nowhere: {
    en: '“{id}” does not stand in {file}. Write it there, or name another.',
    'zh-Hant': '{file} 沒有「{id}」。在該檔案加上，或改寫另一個。',
  },
  nowhereNear: {
    en: '“{id}” does not stand in {file}. Did you mean “{near}”?',
    'zh-Hant': '{file} 沒有「{id}」。你是否想寫「{near}」？',
  },
})

/** Why YAML cannot read a line, in the words of those who write it. */
export const faults = texts({
  tab: { en: 'Indent this line with spaces, not with a tab.', 'zh-Hant': '此行須以空格縮排，不可用定位鍵。' },
  wideSpace: {
    en: 'This line begins with a space that is not the ordinary one (a full-width one, perhaps). Type it again with the space bar.',
    'zh-Hant': '此行開頭的空格不是半形空格（或為全形空格）。須改用半形空格。',
  },
  wideColon: {
    en: 'This line has a full-width colon. Write an ordinary one and a space, as “name: value”.',
    'zh-Hant': '此行用了全形冒號。須改用半形冒號，後加空格，例如「name: value」。',
  },
  twoColons: {
    en: "This line has two colons. Put the text in quotation marks: name: 'one: two'.",
    'zh-Hant': "此行有兩個冒號。文字須加引號：name: 'one: two'。",
  },
  below: {
    en: 'What is indented below this line does not fit it. Indent lines that belong together by as many spaces.',
    'zh-Hant': '此行之下的縮排不當。同組各行的空格數目須一致。',
  },
  indentation: {
    en: 'YAML cannot read this line. Indent it like the lines around it; put text with colons, brackets or quotation marks in quotation marks.',
    'zh-Hant': '無法讀取此行。縮排須與前後各行一致；文字如有冒號、括號或引號，須加引號。',
  },
  noColon: {
    en: 'A colon with a space after it is missing here, as in “name: value”.',
    'zh-Hant': '這裏欠缺冒號和空格，例如「name: value」。',
  },
  open: {
    en: 'A quotation mark or a bracket that opens here or above is not closed. Close it.',
    'zh-Hant': '在此行或之前開始的引號或括號沒有關閉，須補上。',
  },
  start: {
    en: 'Text cannot begin with this character. Put it in quotation marks.',
    'zh-Hant': '文字不可用這個字元開頭。須加引號。',
  },
  backslash: {
    en: 'Between double quotation marks a backslash has a meaning of its own. Use single ones.',
    'zh-Hant': '雙引號內的反斜線另有作用。須改用單引號。',
  },
  tag: {
    en: 'A word that begins with an exclamation mark has a meaning of its own. Remove it, or put it in quotation marks.',
    'zh-Hant': '以感歎號開頭的字另有作用。刪去，或加引號。',
  },
  anchor: {
    en: 'A word that begins with “&” or “*” has a meaning of its own. Put it in quotation marks.',
    'zh-Hant': '以「&」或「*」開頭的字另有作用。須加引號。',
  },
  documents: {
    en: 'Remove the line “---”: a file is one document.',
    'zh-Hant': '刪去「---」一行：一個檔案只可有一份文件。',
  },
  directive: { en: 'Remove the line that begins with “%”.', 'zh-Hant': '刪去以「%」開頭的一行。' },
})

/** What a schema expects, for a sentence: in the middle of one, so without the capital that stands in a table. */
export const inSentence = (text: Text): Text => ({
  ...text,
  en: text.en.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase()),
})

/** What people wrote, fit for a line of a terminal: short, and without what moves the cursor or turns the direction. */
export const shown = (written: unknown): string =>
  String(written)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .match(/^.{0,80}/u)![0]
