import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import { refusalOf } from './folder.ts'

/** What is generated for a data folder when it is first used, and never leaves it. */
export type Secrets = {
  superuser: string
  owner: string
  app: string
  session: string
  /** Folders made before there was a vault have none. */
  vault?: string
}

/** The secrets of a data folder that is there, in a file that only its user may read. Two processes may call this at once. */
export function readSecrets(folder: string): Secrets {
  const path = join(folder, 'secrets.json')
  const before = findSecrets(path)
  if (before) return before
  const random = () => randomBytes(32).toString('base64url')
  const secrets: Secrets = { superuser: random(), owner: random(), app: random(), session: random(), vault: random() }
  // Written aside, made durable, then named: nobody ever reads half of it, and the first of two to name it wins.
  const aside = `${path}.${randomUUID()}`
  const file = openSync(aside, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`)
    fsyncSync(file)
    linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(file)
    rmSync(aside, { force: true })
  }
  return findSecrets(path)!
}

/** The secrets, if any were generated yet. */
export function findSecrets(path: string): Secrets | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (error instanceof SyntaxError) throw new Refusal(words.damaged, { path })
    throw refusalOf(dirname(path), error)
  }
}

const words = texts({
  damaged: {
    en: 'The passwords in {path} cannot be read. Put that file back from a backup, or start over with ./praya reset.',
    'zh-Hant': '無法讀取 {path} 內的密碼。請從備份還原該檔，或以 ./praya reset 重新開始。',
  },
})
