import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Command, type Invocation, Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import { refusalOf } from '../start/folder.ts'
import { lockFolderOrRefuse } from '../start/lock.ts'
import { partPrefix } from '../start/postgres/cluster.ts'
import { stopOrphan } from '../start/postgres/server.ts'
import { inProject, settingsOrRefuse } from './installation.ts'

// Only what Praya itself puts into a data folder: PRAYA_DATA may name a folder that holds other things too.
const ours = /^(postgres(\.part.*|\.log(\.1)?)?|secrets\.json.*|files|trial\..*)$/

/** `./praya reset`: forgets everything that the data folder holds. */
export const reset: Command = {
  name: 'reset',
  summary: {
    en: 'Deletes the data folder’s database, files and secrets, so that the next start is a first one. Asks before.',
    'zh-Hant': '刪除資料夾內的資料庫、檔案和密鑰，下次啟動即如首次啟動。執行前會先詢問。',
  },
  options: { yes: { about: { en: 'Does it without asking', 'zh-Hant': '不詢問，直接執行' } } },
  async run(invocation) {
    const { options, say, print, progress } = invocation
    const settings = settingsOrRefuse()
    if (settings.PRAYA_DATABASE_URL) throw new Refusal(words.external)
    const path = inProject(settings.PRAYA_DATA)
    if (!existsSync(path)) {
      print(say(words.nothing, { folder: path }))
      return 0
    }
    const { folder, release } = lockFolderOrRefuse(path)
    try {
      const names = listOurs(folder)
      if (names.length > 0 && !options.yes && !(await isSure(invocation, folder))) {
        print(say(words.kept))
        return 1
      }
      progress(say(words.deleting))
      await stopOrphan(folder)
      // Renamed first: what is left of a database whose deletion was cut short must not look like one.
      if (names.includes('postgres')) renameSync(join(folder, 'postgres'), join(folder, `${partPrefix}${randomUUID()}`))
      for (const name of listOurs(folder)) rmSync(join(folder, name), { recursive: true, force: true })
      progress(undefined)
      print(say(names.length > 0 ? words.done : words.nothing, { folder }))
      return 0
    } catch (error) {
      throw refusalOf(folder, error)
    } finally {
      release()
    }
  },
}

const listOurs = (folder: string) => readdirSync(folder).filter((name) => ours.test(name))

async function isSure({ say }: Invocation, folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal(words.needsYes, {}, 2)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes|是|係|好)$/i.test((await terminal.question(`${say(words.sure, { folder })} `)).trim())
  } catch (error) {
    // Ctrl-C and Ctrl-D are answers.
    if ((error as Error).name !== 'AbortError') throw error
    process.stderr.write('\n')
    return false
  } finally {
    terminal.close()
  }
}

const words = texts({
  external: {
    en: 'The data lies in the database of PRAYA_DATABASE_URL, which Praya does not delete. Drop that database by hand.',
    'zh-Hant': '資料存放於 PRAYA_DATABASE_URL 所指的資料庫，Praya 不會刪除。請自行刪除該資料庫。',
  },
  nothing: { en: '{folder} holds nothing to delete.', 'zh-Hant': '{folder} 內沒有可刪除的資料。' },
  sure: {
    en: 'This deletes the database, files and secrets in {folder} for good. Type yes to go on:',
    'zh-Hant': '此舉會永久刪除 {folder} 內的資料庫、檔案和密鑰。輸入「是」以繼續：',
  },
  needsYes: {
    en: 'There is no terminal to ask at. Run ./praya reset --yes to delete without a question.',
    'zh-Hant': '沒有可供詢問的終端機。如要不經詢問直接刪除，請執行 ./praya reset --yes。',
  },
  deleting: { en: 'Deleting', 'zh-Hant': '正在刪除' },
  kept: { en: 'Nothing was deleted.', 'zh-Hant': '沒有刪除任何資料。' },
  done: {
    en: 'Deleted what was in {folder}. The next start is a first one.',
    'zh-Hant': '已刪除 {folder} 內的資料。下次啟動即如首次啟動。',
  },
})
