import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../platform/command.ts'
import { type Text, texts } from '../platform/languages.ts'

// SQLite, which keeps the lock, takes paths of 512 bytes with what it adds; PostgreSQL takes 1024.
const pathBytesMax = 480

/** Makes the data folder where there is none, and returns its one true path: links are followed. Refuses where no file can be kept. */
export function openFolder(folder: string): string {
  try {
    checkLength(folder)
    makeFolder(folder)
    // Tried rather than asked after: only so do permissions, a disk without room and one that is read-only all show.
    const trial = join(folder, `trial.${randomUUID()}`)
    closeSync(openSync(trial, 'wx'))
    rmSync(trial)
    const path = realpathSync(folder)
    checkLength(path)
    return path
  } catch (error) {
    throw refusalOf(folder, error)
  }
}

function checkLength(path: string): void {
  if (Buffer.byteLength(path) > pathBytesMax) throw refusal(path, words.long)
}

/** One level at a time: what Node calls `recursive` never ends below a folder that takes none, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Made by another process this instant, or a link that leads nowhere, which the first use will find out.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** What the system said of a file in the data folder, as a refusal; any other error as it is. */
export function refusalOf(folder: string, error: unknown): unknown {
  const { code, errno } = error as NodeJS.ErrnoException
  if (error instanceof Refusal || errno === undefined || !code) return error
  return refusal(folder, reasons[code] ?? { en: code, 'zh-Hant': code })
}

function refusal(folder: string, reason: Text): Refusal {
  const { cannot } = words
  return new Refusal(
    {
      en: cannot.en.replace('{reason}', reason.en),
      'zh-Hant': cannot['zh-Hant'].replace('{reason}', reason['zh-Hant']),
    },
    { folder },
  )
}

const words = texts({
  cannot: {
    en: 'The data folder {folder} cannot be used: {reason}. Choose another with PRAYA_DATA.',
    'zh-Hant': '資料夾 {folder} 不能使用：{reason}。請以 PRAYA_DATA 另選資料夾。',
  },
  forbidden: {
    en: 'this user may not write there. Start Praya as the user that owns it, or make it over to this one',
    'zh-Hant': '此使用者無權寫入。可改以擁有該資料夾的使用者啟動 Praya，或把資料夾轉交此使用者',
  },
  readOnly: { en: 'its disk is read-only', 'zh-Hant': '所在磁碟只可讀取' },
  full: { en: 'its disk is full', 'zh-Hant': '所在磁碟已滿' },
  file: { en: 'a file stands in its place', 'zh-Hant': '該處已有同名檔案' },
  long: { en: 'its path is too long', 'zh-Hant': '路徑過長' },
  none: { en: 'no folder can be made there', 'zh-Hant': '該處不能建立資料夾' },
  circle: { en: 'its links lead in a circle', 'zh-Hant': '其連結互相循環' },
})

const reasons: Readonly<Record<string, Text>> = {
  EACCES: words.forbidden,
  EPERM: words.forbidden,
  EROFS: words.readOnly,
  ENOSPC: words.full,
  EDQUOT: words.full,
  ENOTDIR: words.file,
  ENAMETOOLONG: words.long,
  ENOENT: words.none,
  ELOOP: words.circle,
}
