import { setTimeout as pause } from 'node:timers/promises'
import { type Command, texts } from '#platform'
import type { Fault } from '../faults.ts'
import { type Read, readFolder } from '../fsck/read.ts'
import { readAt, readTrust, trustOptions } from '../fsck/trust.ts'
import { findLog, listEveryKey } from '../log/logs.sql.ts'
import { readOwn } from '../log/served.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { type Policy, policyOfKeys } from '../notes/policy.rules.ts'
import { endBy, noLog, nowAndThen, plainly } from '../told.ts'
import { copyLog } from './copy.ts'
import { restoreLog } from './restore.ts'

const words = texts({
  exportSummary: {
    en: 'Writes a log of this installation into a folder, as any web server or CDN can serve it; a later call adds what is new.',
    'zh-Hant': '把本系統的日誌寫入資料夾，任何網頁伺服器或 CDN 均可提供；再次執行時只加入新內容。',
  },
  mirrorSummary: {
    en: 'Keeps a full copy of a log of anybody, computes every hash of it, and refuses what is not what it was.',
    'zh-Hant': '保存任何人日誌的完整副本，重新計算所有雜湊值，並拒絕與先前不符的內容。',
  },
  log: { en: 'The name of the log', 'zh-Hant': '日誌名稱' },
  folder: { en: 'The folder of the copy', 'zh-Hant': '副本所在的資料夾' },
  where: { en: 'The address of the log, or the folder of another copy', 'zh-Hant': '日誌的網址，或另一副本的資料夾' },
  restoreSummary: {
    en: 'Brings a log that was restored from an older state to where a mirror has it, after checking every entry against what the log signed.',
    'zh-Hant': '把由舊備份還原的日誌，按鏡像補回其後的條目；每個條目均先與日誌已簽署的內容核對。',
  },
  restored: {
    en: '{log} had {before} entries and has {size} now, as the mirror has them.',
    'zh-Hant': '{log} 原有 {before} 個條目，現有 {size} 個，與鏡像相同。',
  },
  every: { en: 'Go on, and look again after as many seconds', 'zh-Hant': '持續運行，每隔若干秒再查看' },
  seconds: { en: '--every takes a number of seconds from 1 to 86400.', 'zh-Hant': '--every 須為 1 至 86400 的秒數。' },
  read: { en: 'Copied {done} of {all} entries', 'zh-Hant': '已複製 {done} 個條目，共 {all} 個' },
  copied: {
    en: '{folder} holds {origin} with {size} entries, {added} of them new.',
    'zh-Hant': '{folder} 載有 {origin} 的 {size} 個條目，其中 {added} 個是新增。',
  },
})

type Call = Pick<Parameters<Command['run']>[0], 'progress' | 'say' | 'print' | 'warn'>

/** Copies once, and says so. */
async function copyAndTell(
  read: Read,
  folder: string,
  { policy, where, ...call }: Call & { policy: Policy; where: string },
): Promise<void> {
  const { say, progress } = call
  const { checkpoint, before } = await copyLog(read, folder, {
    ...{ policy, where },
    onProgress: nowAndThen((done, all) => progress(say(words.read, { done: `${done}`, all: `${all}` }))),
  })
  progress(undefined)
  const { origin, size } = checkpoint
  plainly(call.print)(say(words.copied, { folder, origin, size: `${size}`, added: `${size - before}` }))
}

/** `./praya ledger export LOG FOLDER` */
export const exportLog: Command = {
  name: 'ledger export',
  summary: words.exportSummary,
  arguments: [
    { name: 'LOG', about: words.log },
    { name: 'FOLDER', about: words.folder },
  ],
  run: ({ arguments: [name = '', folder = ''], withInstallation, ...call }) =>
    withInstallation(async ({ sql }) => {
      try {
        const log = await findLog(sql, name)
        if (!log) throw await noLog(sql, name)
        // What lies in the folder may be signed by a key of before.
        const policy = policyOfKeys((await listEveryKey(sql, log.id)).map(parseVerifierKey))
        await copyAndTell(readOwn(sql, name), folder, { ...call, policy, where: name })
        return 0
      } catch (error) {
        return endBy(error, call)
      }
    }),
}

/**
 * `./praya ledger mirror WHERE FOLDER --key VKEY`: 0 when the folder is where the log is, 1 where the log is not what it was or what it
 * signs, 2 where it cannot be read.
 */
export const mirror: Command = {
  name: 'ledger mirror',
  summary: words.mirrorSummary,
  arguments: [
    { name: 'WHERE', about: words.where },
    { name: 'FOLDER', about: words.folder },
  ],
  options: {
    ...trustOptions,
    every: { about: words.every, value: 'SECONDS' },
  },
  async run({ arguments: [where = '', folder = ''], options, ...call }) {
    const seconds = options.every === undefined ? undefined : Number(options.every)
    if (seconds !== undefined && !(seconds >= 1 && seconds <= 86_400)) {
      plainly(call.warn)(call.say(words.seconds))
      return 2
    }
    for (let policy: Policy | undefined; ; ) {
      try {
        policy ??= await readTrust(options)
        await copyAndTell(readAt(where), folder, { ...call, policy, where })
        if (seconds === undefined) return 0
      } catch (error) {
        const code = endBy(error, call)
        // What is not what it was needs a person; a server that is away is asked again.
        if (seconds === undefined || !policy || !(error as Fault).mayPass) return code
      }
      await pause(seconds * 1000)
    }
  },
}

/**
 * `./praya ledger restore LOG FOLDER`, while nothing else writes to the log: 0 when it is where the mirror is, 1 where the mirror
 * or what is here is not what the log signed, 2 where it cannot be read.
 */
export const restore: Command = {
  name: 'ledger restore',
  summary: words.restoreSummary,
  arguments: [
    { name: 'LOG', about: words.log },
    { name: 'FOLDER', about: words.folder },
  ],
  asItStands: true,
  run: ({ arguments: [name = '', folder = ''], withInstallation, say, ...out }) =>
    withInstallation(async (installation) => {
      try {
        const { before, size } = await restoreLog(installation, name, { read: readFolder(folder), where: folder })
        plainly(out.print)(say(words.restored, { log: name, before, size }))
        return 0
      } catch (error) {
        return endBy(error, { say, ...out })
      }
    }),
}
