import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'

/** Starts the Chromium that comes from npm, with the environment of this process if no other is given. */
export async function launchChromium(
  options: { timeout?: number; environment?: NodeJS.ProcessEnv } = {},
): Promise<Browser> {
  const { environment = process.env, ...more } = options
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  const { folder, forget } = await unpacked()
  // Made for a function in a cloud. One process for each tab, as one process for all of them dies with its first tab.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  // The libraries that a bare machine lacks come with it, and a font for what a page brings none for.
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  const env = { ...environment, ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }
  const executablePath = join(folder, 'chromium')
  const browser = await twice(() => playwright.launch({ executablePath, args, env, ...more }))
  browser.once('disconnected', forget)
  return browser
}

/** Now and then, once in some hundred times, Chromium crashes in its own threads while it starts: it is started again. */
export const twice = <Started>(start: () => Promise<Started>): Promise<Started> =>
  start().catch((error: Error) => {
    if (!/signal=SIG(SEGV|BUS|ABRT|TRAP|ILL)/.test(error.message)) throw error
    return start()
  })

/**
 * The folder with the unpacked Chromium: beside the package, once; where this user may not write, one that is thrown away.
 * Left alone, the package would run whatever is called chromium in the folder for temporary files: one that another
 * process has not written to its end, one of a user who keeps it to himself, or anybody's program.
 */
async function unpacked(): Promise<{ folder: string; forget: () => void }> {
  const bin = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin')
  const cache = join(bin, '..', '..', '..', '.cache', 'praya')
  // Named after its version, so that an update is never answered by what was unpacked before it.
  const { version } = JSON.parse(readFileSync(join(bin, '..', 'package.json'), 'utf8')) as { version: string }
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return { folder, forget: () => {} }
  const part = folderIn(cache) ?? mkdtempSync(join(tmpdir(), 'praya-chromium-'))
  const forget = () => rmSync(part, { recursive: true, force: true })
  try {
    await unpack(bin, part)
    if (dirname(part) !== cache) return { folder: part, forget }
    renameSync(part, folder)
  } catch (error) {
    forget()
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
  return { folder, forget: () => {} }
}

function folderIn(cache: string): string | undefined {
  try {
    mkdirSync(cache, { recursive: true })
    return mkdtempSync(join(cache, 'chromium.part.'))
  } catch {
    return undefined
  }
}

async function unpack(bin: string, to: string): Promise<void> {
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const { TMPDIR: before } = process.env
  // Both take the place from here before they first wait.
  process.env.TMPDIR = to
  const pending = Promise.all([chromium.executablePath(), inflate(join(bin, 'al2023.tar.br'))])
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  await pending
  chmodSync(join(to, 'chromium'), 0o755)
  chmodSync(to, 0o755)
  // Unpacked by root, files would belong to whoever has the number of the person who packed them.
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(to, name), process.getuid!(), process.getgid!())
}
