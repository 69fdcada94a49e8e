import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import { openFolder, refusalOf } from './folder.ts'

const sqliteBusy = 5
// A lock that nothing refers to would be collected, and so given up.
const held = new Set<DatabaseSync>()

/**
 * Takes the data folder for this process, or returns the number of the process that has it. SQLite is here for one thing:
 * its exclusive lock is a lock of the operating system on an open file, which two processes never hold at once and which
 * ends with the process however it ends. A file that holds a process number has neither property.
 */
export function lockFolder(path: string): { folder: string; release: () => void } | { holder: string } {
  const folder = openFolder(path)
  const holderPath = join(folder, 'process')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, 'lock'))
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    lock?.close()
    const { errcode, message } = error as { errcode?: number; message: string }
    if (errcode === sqliteBusy) return { holder: readHolder(holderPath) }
    throw new Refusal(words.notALock, { folder, reason: message })
  }
  const mine = lock
  held.add(mine)
  writeHolder(holderPath)
  return {
    folder,
    release: () => {
      rmSync(holderPath, { force: true })
      mine.close()
      held.delete(mine)
    },
  }
}

function writeHolder(path: string): void {
  try {
    writeFileSync(path, String(process.pid))
  } catch (error) {
    // A disk that is full costs the number in a sentence, and not the way to `./praya reset`.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw refusalOf(dirname(path), error)
  }
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8') || '?'
  } catch {
    // The other process took the folder this instant and has not written its number yet.
    return '?'
  }
}

/** `lockFolder`, where only having it will do. */
export function lockFolderOrRefuse(path: string): { folder: string; release: () => void } {
  const lock = lockFolder(path)
  if ('holder' in lock) throw new Refusal(words.inUse, { folder: path, process: lock.holder })
  return lock
}

const words = texts({
  inUse: {
    en: 'The data folder {folder} is in use by another Praya (process {process}). Stop that one, or choose another folder with PRAYA_DATA.',
    'zh-Hant': '資料夾 {folder} 正由另一個 Praya（程序 {process}）使用。請先停止該程序，或以 PRAYA_DATA 另選資料夾。',
  },
  notALock: {
    en: 'The file lock in {folder} is not one of Praya ({reason}). Remove it, or choose another folder with PRAYA_DATA.',
    'zh-Hant': '{folder} 內的檔案 lock 不屬 Praya（{reason}）。請移走該檔，或以 PRAYA_DATA 另選資料夾。',
  },
})
