import type { Logger } from 'pino'
import type { Invocation } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import type { Installation, Module } from '../platform/module.ts'
import type { Settings } from './installation.ts'

/** What `npm start` ends with: where to look, how to sign in, and what each module has to say. */
export async function welcome(
  settings: Settings,
  listening: string,
  { installation, running }: { installation: Installation; running: readonly Module[] },
  { say, language }: Invocation,
  log: Logger,
): Promise<string[]> {
  // By its name: passkeys belong to a name, and no browser makes one for an address of numbers.
  const named = listening.replace('//127.0.0.1:', '//localhost:')
  const address = (settings.PRAYA_PUBLIC_URL ?? named).replace(/\/$/, '')
  const { government, people } = installation.pack
  // Of a site that serves one thing alone, that is the front.
  const front = (settings.PRAYA_ALONE && running[0]?.address) || '/'
  const announced = await Promise.all(
    running.map(async ({ name, announce }) =>
      // It serves already: that a module has nothing to say is no reason to stop.
      announce?.(installation, language).catch((error: Error) => {
        log.error({ err: error, module: name }, 'A module could not announce itself')
        return []
      }),
    ),
  )
  const open = settings.PRAYA_DEMONSTRATION && people.length > 0 && running.some(({ identify }) => identify)
  return [
    say(words.ready, { site: say(government.site) }),
    '',
    ...government.languages.map((each) => `  ${`${address}/${each.address}${front}`.padEnd(36)} ${each.name}`),
    '',
    ...(open ? [say(words.signIn, { address: `${address}/sign-in`, count: people.length })] : []),
    ...announced.flatMap((lines) => lines ?? []),
    say(words.stop),
  ]
}

const words = texts({
  ready: { en: '{site} is ready', 'zh-Hant': '{site}已啟動' },
  signIn: {
    en: 'To sign in for a demonstration, open {address} and choose one of {count} made-up people. No password is asked.',
    'zh-Hant': '示範登入：開啟 {address}，選擇 {count} 位虛構人物之一，無須密碼。',
  },
  stop: { en: 'Ctrl-C stops it. Data stays for the next start.', 'zh-Hant': '按 Ctrl-C 停止；資料會保留至下次啟動。' },
})
