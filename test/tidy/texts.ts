// Every sentence that a person reads, in every language.
import { test } from 'node:test'
import * as OpenCC from 'opencc-js/cn2t'
import * as OpenToSimplified from 'opencc-js/t2cn'
import type { Text } from '#platform'
import { none, production } from './project.ts'

type Written = Text & { where: string }

const literal = String.raw`\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\`(?:[^\`\\]|\\.)*\`)`
const pair = new RegExp(`\\ben:${literal},\\s*'zh-Hant':${literal}(?:,\\s*'zh-Hans':${literal})?`, 'g')
const alone = new RegExp(`'zh-Hant':${literal}`, 'g')
// What a template computes is a place that cannot be compared.
const inside = (quoted: string) =>
  quoted
    .slice(1, -1)
    .replace(/\$\{[^}]*\}/g, '{}')
    .replace(/\\(.)/g, '$1')

/** Every text of the program, as it stands in the code: what no table declares and no file exports is found as well. */
const every: Written[] = production.flatMap(({ path, text }) =>
  [...text.matchAll(pair)].map((match) => ({
    en: inside(match[1]!),
    'zh-Hant': inside(match[2]!),
    ...(match[3] && { 'zh-Hans': inside(match[3]) }),
    where: `${path}:${text.slice(0, match.index).split('\n').length}`,
  })),
)

// What English spells in another way than Chinese: an amount with its currency, a month by its name.
const spelled: Record<string, string> = { '{dollars}': '{n}', '{month}': '{n}' }
const places = (text: string) =>
  [...new Set((text.match(/\{\w+\}/g) ?? []).map((place) => spelled[place] ?? place))].sort().join(' ')
const wrongTexts = (is: (text: Text) => boolean) =>
  every.filter(is).map(({ where, en, 'zh-Hant': hant }) => `${where} ${en.slice(0, 60)} / ${hant.slice(0, 40)}`)

test('Traditional Chinese stands behind its English, where these checks find it', () => {
  const found = (path: string) => every.filter(({ where }) => where.startsWith(`${path}:`)).length
  none(
    production
      .filter(({ path, text }) => [...text.matchAll(alone)].length !== found(path))
      .map(({ path, text }) => `${path}: ${[...text.matchAll(alone)].length} texts, ${found(path)} found`),
    "Write { en: '…', 'zh-Hant': '…' }:",
  )
})

test('every text is there in English and in Traditional Chinese, with the same places', () => {
  none(
    wrongTexts((text) => !text.en.trim() || !text['zh-Hant'].trim()),
    'Write the missing language:',
  )
  none(
    wrongTexts((text) => places(text.en) !== places(text['zh-Hant'])),
    'The places in braces differ:',
  )
  none(
    wrongTexts((text) => text['zh-Hans'] !== undefined && places(text.en) !== places(text['zh-Hans'])),
    'The places in braces differ in zh-Hans:',
  )
})

test('no Traditional Chinese text holds a character that only Simplified Chinese has', () => {
  const toTraditional = OpenCC.Converter({ from: 'cn', to: 'hk' })
  const toSimplified = OpenToSimplified.Converter({ from: 'hk', to: 'cn' })
  // Written in both scripts, with other meanings or as another form.
  const both = new Set('里台群峰床着秘余后面向只几干采回系制范郁咨准胡姜云才')
  const isSimplified = (each: string) => toTraditional(each) !== each && toSimplified(each) === each && !both.has(each)
  const simplified = (text: string) => [...text].filter((each) => each > '\u2e80' && isSimplified(each))
  none(
    every.flatMap((text) => simplified(text['zh-Hant']).map((each) => `${text.where} ${each}`)),
    'Write the Traditional character:',
  )
})

test('Chinese is written with the punctuation of Chinese, and English with that of English', () => {
  // A place in braces is filled with Han, unless it is quoted: 「{key}: …」 shows what is typed.
  const [before, after] = ['[\\p{Script=Han}}]', '[\\p{Script=Han}{]']
  const half = new RegExp(`${before}[,;:?!]|[,;:?!]${after}|${before}\\.(?!\\p{L}|\\d)`, 'u')
  const unquoted = (text: string) => text.replace(/「[^」]*」/g, '「」')
  none(
    wrongTexts((text) => half.test(unquoted(text['zh-Hant']))),
    'Write ，。：；？！ beside Han characters:',
  )
  none(
    wrongTexts((text) => /[，。；：？！「」]/.test(text.en.replace(/[^ ]*\p{Script=Han}[^ ]*/gu, ''))),
    'English has full-width punctuation:',
  )
  none(
    wrongTexts((text) => /(\w)'(\w)|(^|\s)"\w/.test(text.en)),
    'Write ’ and “ ” in English:',
  )
})

test('the voice is plain', () => {
  const loud = /\b(please|successfully|oops|sorry|invalid|click here|simply|just enter|in order to)\b|!/i
  none(
    wrongTexts((text) => loud.test(text.en)),
    'Say what happened and what to do, without these words:',
  )
  none(
    wrongTexts((text) => /您|！|成功地/.test(text['zh-Hant'])),
    '用「你」，不用驚嘆號：',
  )
})

// One word for one idea: docs/concepts/words.md settles it, and this keeps the others out.
const variants: readonly [wrong: RegExp, right: string][] = [
  [/恆等式/, '等式'],
  [/措施/, '計劃項目'],
  [/(?<!撥款)說明/, '解釋；或用註明、列明、用法'],
  [/財政預算/, '開支預算，簡稱預算'],
  [/遺失|失去/, '缺失'],
  [/復原(?!碼)/, '找回'],
  [/數據庫/, '資料庫'],
  [/語言/, '語文'],
  [/什麼/, '甚麼'],
  [/裡/, '裏'],
  [/身分/, '身份'],
  [/百分比/, '百分率'],
  [/二進位/, '二進制'],
  [/是否「/, '你是否想寫「」'],
]

for (const [wrong, right] of variants)
  test(`no Chinese text says ${wrong.source}, but ${right}`, () => {
    none(
      wrongTexts((text) => wrong.test(text['zh-Hant'])),
      `Write ${right}:`,
    )
  })
