import type { Text, Values } from './languages.ts'

/** Refusals of a module: code → HTTP status and the sentence for the person. */
export type ProblemTable = Readonly<Record<string, readonly [status: number, title: Text]>>

type Options = {
  /** For the log alone; never shown. */
  detail?: string
  /** What fills the `{places}` of the sentence. */
  values?: Values
  /** For programs: the places that are wrong, as in the example of RFC 9457, §3. */
  errors?: readonly { pointer: string; detail: string }[]
}

/** Something expected that the caller can act on. Bugs are plain errors. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: string
  readonly status: number
  readonly title: Text
  readonly options: Options

  constructor(code: string, status: number, title: Text, options: Options = {}) {
    super(options.detail ?? title.en)
    this.code = code
    this.status = status
    this.title = title
    this.options = options
  }
}

/** Every problem of this program by full code, for the pages at `/problems/<module>.<code>`. */
export const allProblems = new Map<string, { status: number; title: Text }>()

/** Declares the refusals of a module. What it returns makes one to throw: `throw problem('record-sealed')`. */
export function problems<Table extends ProblemTable>(module: string, table: Table) {
  for (const [code, [status, title]] of Object.entries(table)) allProblems.set(`${module}.${code}`, { status, title })
  return (code: keyof Table & string, options?: Options): Problem => {
    const [status, title] = table[code]!
    return new Problem(`${module}.${code}`, status, title, options)
  }
}

/** What the platform itself refuses. */
export const problem = problems('platform', {
  'not-found': [
    404,
    {
      en: 'There is no page at this address. Check the address, or search from the home page.',
      'zh-Hant': '找不到這個網頁。請檢查網址，或到主頁搜尋。',
    },
  ],
  'invalid-request': [
    400,
    {
      en: 'This request cannot be read: {what}. Correct it and send it again.',
      'zh-Hant': '無法讀取這項要求：{what}。請更正後再送出。',
    },
  ],
  'invalid-value': [
    400,
    {
      en: 'The value of “{name}” is not one that this address takes. Correct it and try again.',
      'zh-Hant': '「{name}」的值不符合這個網址的要求。請更正後再試。',
    },
  ],
  'not-signed-in': [
    401,
    { en: 'Sign in first; this page is not open to everyone.', 'zh-Hant': '請先登入；本頁並非人人可看。' },
  ],
  'not-allowed': [
    403,
    {
      en: 'Your role does not allow this. Ask the administrator of your organisation if you need it.',
      'zh-Hant': '你的職務不能進行這項操作。如有需要，請向所屬機構的管理員提出。',
    },
  ],
  'level-too-low': [
    401,
    {
      en: 'This needs level {level}: we must be surer of who you are. Prove it, and you come back here.',
      'zh-Hant': '此項須達第 {level} 級身份核實。完成核實後便會返回這裏。',
    },
  ],
  'sign-in-too-old': [
    401,
    {
      en: 'You signed in a while ago. Sign in again, and you come back here.',
      'zh-Hant': '你登入已久，請重新登入，然後返回這裏。',
    },
  ],
  'cross-site': [
    403,
    {
      en: 'This was sent from another site, so nothing was done. Open the page here and try again.',
      'zh-Hant': '這項要求由另一網站送出，未有執行。請在本網站開啟該頁再試。',
    },
  ],
  'too-large': [
    413,
    {
      en: 'This is larger than the {limit} allowed. Send less.',
      'zh-Hant': '內容超出 {limit} 的上限，請減少後再送出。',
    },
  ],
  'too-many-parts': [
    413,
    {
      en: 'This form has more files or fields than it may have. Send fewer.',
      'zh-Hant': '表格的檔案或欄位數目超出上限，請減少後再送出。',
    },
  ],
  'unsupported-type': [
    415,
    {
      en: 'This address does not read that kind of content. Send a form or JSON.',
      'zh-Hant': '本網址不接受這種內容，請改用表格或 JSON。',
    },
  ],
  'too-busy': [
    503,
    {
      en: 'More is being sent at once than can be taken. Nothing of this was kept; send it again in a minute.',
      'zh-Hant': '現時同時送出的內容過多，這次送出的沒有保留。請一分鐘後再送出。',
    },
  ],
  'too-many-requests': [
    429,
    { en: 'Too many requests. Try again in {seconds} seconds.', 'zh-Hant': '要求過於頻密，請在 {seconds} 秒後再試。' },
  ],
  'went-wrong': [
    500,
    {
      en: 'Something went wrong here, and it has been noted. Try again; if it happens again, report the request number below.',
      'zh-Hant': '系統出錯，已記錄在案。請再試一次；如再出錯，請報告下面的要求編號。',
    },
  ],
  'disk-full': [
    503,
    {
      en: 'There is no room left here to keep this, so nothing was saved. Tell whoever runs this installation, and try again later.',
      'zh-Hant': '系統的儲存空間已滿，未能儲存任何資料。請通知系統管理人員，稍後再試。',
    },
  ],
  'not-ready': [
    503,
    {
      en: 'The database cannot be reached just now. Try again in a minute.',
      'zh-Hant': '暫時無法連接資料庫，請一分鐘後再試。',
    },
  ],
})
