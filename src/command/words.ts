import { texts } from '../platform/languages.ts'

/** What the command line says that belongs to no single verb. */
export const words = texts({
  usage: { en: 'Usage: ', 'zh-Hant': '用法：' },
  verbs: { en: 'Verbs:', 'zh-Hant': '指令：' },
  parameters: { en: 'What to name:', 'zh-Hant': '參數：' },
  options: { en: 'Options:', 'zh-Hant': '選項：' },
  verb: { en: 'VERB', 'zh-Hant': '指令' },
  help: { en: 'Says how this verb is used', 'zh-Hant': '顯示此指令的用法' },
  praya: {
    en: 'Praya, a digital-government platform. ./praya VERB --help says more about a verb.',
    'zh-Hant': 'Praya 數碼政府平台。./praya 指令 --help 顯示該指令的用法。',
  },
  exits: {
    en: 'Ends with 0 when all is well, 1 when something is wrong, 2 when it could not be done.',
    'zh-Hant': '結束碼：0 為正常，1 為發現問題，2 為未能執行。',
  },
  unknownVerb: {
    en: 'There is no verb “{verb}”. Run ./praya --help to see those there are.',
    'zh-Hant': '沒有「{verb}」這個指令。執行 ./praya --help 可查看全部指令。',
  },
  unknownVerbNear: {
    en: 'There is no verb “{verb}”. Did you mean “{near}”?',
    'zh-Hant': '沒有「{verb}」這個指令。你是否想寫「{near}」？',
  },
  unknownOption: {
    en: '“{option}” is no option of “{verb}”. Run ./praya {verb} --help.',
    'zh-Hant': '「{verb}」沒有選項「{option}」。請執行 ./praya {verb} --help。',
  },
  optionFirst: {
    en: '“{option}” comes before any verb. Options follow theirs: ./praya --help lists them.',
    'zh-Hant': '「{option}」之前沒有指令。選項須置於指令之後；執行 ./praya --help 可查看全部指令。',
  },
  needsValue: {
    en: 'The option --{option} needs a value: --{option} {value}',
    'zh-Hant': '選項 --{option} 須附上值：--{option} {value}',
  },
  takesNoValue: { en: 'The option --{option} takes no value.', 'zh-Hant': '選項 --{option} 不設值。' },
  missing: {
    en: '{name} is missing. Usage: ./praya {usage}',
    'zh-Hant': '欠缺 {name}。用法：./praya {usage}',
  },
  tooMany: {
    en: '“{extra}” is one word too many. Usage: ./praya {usage}',
    'zh-Hant': '多了「{extra}」。用法：./praya {usage}',
  },
  bug: {
    en: 'Something went wrong inside Praya. Report it with the lines above.',
    'zh-Hant': 'Praya 內部出錯；請連同以上訊息回報。',
  },
})
