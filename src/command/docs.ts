import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { packFiles, platformDefinitions } from '#pack'
import { definitions } from '../modules.ts'
import type { Command } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import { Settings } from '../settings.ts'
import type { SettingShape } from '../start/settings.ts'
import { inProject } from './installation.ts'
import { referenceFiles } from './reference.ts'

/** Every page that is made from code: its place below the project, and its text. */
async function generated(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/settings.md', settingsPage()],
    ...packFiles([...platformDefinitions, ...definitions]),
    ...(await referenceFiles()),
  ])
}

/** `./praya docs`: writes the generated reference again; `--check` only says whether it is up to date. */
export const docs: Command = {
  name: 'docs',
  summary: {
    en: 'Writes the pages of docs/reference/ that are made from code.',
    'zh-Hant': '重新產生 docs/reference/ 內由程式碼產生的文件。',
  },
  options: {
    check: {
      about: {
        en: 'Writes nothing; ends with 1 when a page is out of date',
        'zh-Hant': '不寫入；如有文件過時，以 1 結束',
      },
    },
  },
  async run({ options, say, print, progress }) {
    let stale = 0
    progress(say(words.reading))
    for (const [file, text] of await generated()) {
      const path = inProject(file)
      if (text === readIfThere(path)) continue
      stale += 1
      if (!options.check) {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, text)
      }
      print(say(options.check ? words.stale : words.written, { file }))
    }
    return options.check && stale > 0 ? 1 : 0
  },
}

function settingsPage(): string {
  const rows = Object.entries(Settings.properties as unknown as Record<string, SettingShape>).map(
    ([name, shape]) => `| \`${name}\` | ${kindOf(shape)} | ${defaultOf(shape)} | ${shape.description} |`,
  )
  return [
    '# Settings',
    '',
    'Settings come from the environment: `PRAYA_PORT=9000 npm start`. Praya reads all of them before anything else and',
    'reports every fault at once; a name that begins with `PRAYA_` and is not listed here is a fault. This page is made',
    'from `src/settings.ts` by `./praya docs`.',
    '',
    '| name | value | default | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function kindOf({ type, enum: choices, minimum, maximum, minLength, begins }: SettingShape): string {
  if (type === 'integer') return `${minimum} to ${maximum}`
  if (type === 'boolean') return '1 or 0 (also true, yes, on; false, no, off)'
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ')
  if (begins) return begins.map((start) => `\`${start}…\``).join(' or ')
  return minLength ? `text, ${minLength} characters or more` : 'text'
}

function defaultOf({ default: value }: SettingShape): string {
  if (value === undefined) return 'none'
  return typeof value === 'boolean' ? (value ? '1' : '0') : `\`${value}\``
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const words = texts({
  reading: { en: 'Reading what the program says of itself', 'zh-Hant': '正在讀取程式的資料' },
  written: { en: 'Written: {file}', 'zh-Hant': '已寫入：{file}' },
  stale: {
    en: 'Out of date: {file}. Run ./praya docs and keep the result.',
    'zh-Hant': '已過時：{file}。請執行 ./praya docs 並保留結果。',
  },
})
