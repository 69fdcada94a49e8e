import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'

const sqliteBusy = 5
// A lock that nothing refers to would be collected, and so given up.
const held = new Set<DatabaseSync>()

/**
 * Takes the data folder for this process, or returns the number of the process that has it. SQLite is here for one thing:
 * its exclusive lock is a lock of the operating system on an open file, which two processes never hold at once and which
 * ends with the process however it ends. A file that holds a process number has neither property.
 */
export function lockFolder(folder: string): { release: () => void } | { holder: string } {
  const holderPath = join(folder, 'process')
  let lock: DatabaseSync
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(join(folder, 'lock'))
  } catch (error) {
    throw new Refusal(words.notWritable, { folder, reason: (error as Error).message })
  }
  try {
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode !== sqliteBusy)
      throw new Refusal(words.notWritable, { folder, reason: (error as Error).message })
    return { holder: readHolder(holderPath) }
  }
  held.add(lock)
  writeFileSync(holderPath, String(process.pid))
  return {
    release: () => {
      rmSync(holderPath, { force: true })
      lock.close()
      held.delete(lock)
    },
  }
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The other process took the folder this instant and has not written its number yet.
    return '?'
  }
}

/** `lockFolder`, where only having it will do. */
export function lockFolderOrRefuse(folder: string): { release: () => void } {
  const lock = lockFolder(folder)
  if ('holder' in lock) throw new Refusal(words.inUse, { folder, process: lock.holder })
  return lock
}

const words = texts({
  inUse: {
    en: 'The data folder {folder} is in use by another Praya (process {process}). Stop that one, or choose another folder with PRAYA_DATA.',
    'zh-Hant': '資料夾 {folder} 正由另一個 Praya（程序 {process}）使用。請先停止該程序，或以 PRAYA_DATA 另選資料夾。',
  },
  notWritable: {
    en: 'The data folder {folder} cannot be written ({reason}). Choose another with PRAYA_DATA, or start Praya as the user that owns it.',
    'zh-Hant': '無法寫入資料夾 {folder}（{reason}）。請以 PRAYA_DATA 另選資料夾，或以擁有該資料夾的使用者啟動 Praya。',
  },
})
