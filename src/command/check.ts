import { resolve } from 'node:path'
import { loadPack } from '#pack'
import { definitions } from '../modules.ts'
import type { Command } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import { inProject, settingsOrRefuse } from './installation.ts'

/** `./praya check`: every mistake of a pack, with its place. */
export const check: Command = {
  name: 'check',
  summary: {
    en: 'Checks the pack of a government and lists every mistake with file and line.',
    'zh-Hant': '檢查政府資料包，列出每處錯誤所在的檔案和行號。',
  },
  arguments: [
    {
      name: 'FOLDER',
      about: {
        en: 'The pack; without it, the one that PRAYA_PACK names',
        'zh-Hant': '資料包；不填則為 PRAYA_PACK 所指的資料包',
      },
      optional: true,
    },
  ],
  async run({ arguments: [named], say, print, warn }) {
    const folder = named === undefined ? inProject(settingsOrRefuse().PRAYA_PACK) : resolve(named)
    const { mistakes } = await loadPack(folder, definitions)
    const whole = mistakes.find(({ file }) => file === folder)
    if (whole) {
      warn(say(whole.text, whole.values))
      return 2
    }
    for (const { file, line, text, values } of mistakes) print(`${file}:${line}  ${say(text, values)}`)
    print(say(mistakes.length > 0 ? words.wrong : words.good, { folder, count: mistakes.length }))
    return mistakes.length > 0 ? 1 : 0
  },
}

const words = texts({
  good: { en: '{folder}: no mistakes.', 'zh-Hant': '{folder}：沒有錯誤。' },
  wrong: { en: '{folder}: {count} to mend.', 'zh-Hant': '{folder}：{count} 處須更正。' },
})
