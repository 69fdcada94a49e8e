// Every sentence that a person reads, in every language.
import { test } from 'node:test'
import * as OpenCC from 'opencc-js/cn2t'
import * as OpenToSimplified from 'opencc-js/t2cn'
import type { Text } from '#platform'
import { modules } from '../../src/modules.ts'
import { allTexts } from '../../src/platform/languages.ts'
import { allProblems } from '../../src/platform/problem.ts'
import { none, production, root } from './project.ts'

/** Texts declared by `texts`, in manifests and commands, and in whatever else a file exports. */
async function everyText(): Promise<Set<Text>> {
  const found = new Set<Text>(allTexts)
  for (const { title } of allProblems.values()) found.add(title)
  const exported = await Promise.all(
    production.filter(({ path }) => !/src\/main\.ts$|\.tmp\./.test(path)).map(({ path }) => import(root + path)),
  )
  for (const each of [...exported, ...modules]) collect(each, found, 0)
  for (const text of allTexts) found.add(text)
  return found
}

function collect(value: unknown, found: Set<Text>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 6) return
  const text = value as Partial<Text>
  if (typeof text.en === 'string' && typeof text['zh-Hant'] === 'string') found.add(text as Text)
  else for (const part of Object.values(value)) collect(part, found, depth + 1)
}

// Within the tests: what is registered after a wait of the whole file may come too late to be run.
let gathered: Promise<Text[]> | undefined
const every = () => {
  gathered ??= everyText().then((texts) => [...texts])
  return gathered
}
// What English spells in another way than Chinese: an amount with its currency, a month by its name.
const spelled: Record<string, string> = { '{dollars}': '{n}', '{month}': '{n}' }
const places = (text: string) =>
  [...new Set((text.match(/\{\w+\}/g) ?? []).map((place) => spelled[place] ?? place))].sort().join(' ')
const show = (text: Text) => `${text.en.slice(0, 60)} / ${text['zh-Hant'].slice(0, 40)}`
const wrongTexts = async (is: (text: Text) => boolean) => (await every()).filter(is).map(show)

test('there are texts to check', async () => {
  const all = await every()
  none(all.length > 100 ? [] : [`${all.length} texts`], 'The check found too few texts; mend the check:')
})

test('every text is there in English and in Traditional Chinese, with the same places', async () => {
  none(await wrongTexts((text) => !text.en.trim() || !text['zh-Hant'].trim()), 'Write the missing language:')
  none(await wrongTexts((text) => places(text.en) !== places(text['zh-Hant'])), 'The places in braces differ:')
  none(
    await wrongTexts((text) => text['zh-Hans'] !== undefined && places(text.en) !== places(text['zh-Hans'])),
    'The places in braces differ in zh-Hans:',
  )
})

test('no Traditional Chinese text holds a character that only Simplified Chinese has', async () => {
  const all = await every()
  const toTraditional = OpenCC.Converter({ from: 'cn', to: 'hk' })
  const toSimplified = OpenToSimplified.Converter({ from: 'hk', to: 'cn' })
  // Written in both scripts, with other meanings or as another form.
  const both = new Set('里台群峰床着秘余后面向只几干采回系制范郁咨准胡姜云才')
  const isSimplified = (each: string) => toTraditional(each) !== each && toSimplified(each) === each && !both.has(each)
  const simplified = (text: string) => [...text].filter((each) => each > '\u2e80' && isSimplified(each))
  none(
    all.flatMap((text) => simplified(text['zh-Hant']).map((each) => `${each} in ${text['zh-Hant'].slice(0, 60)}`)),
    'Write the Traditional character:',
  )
})

test('Chinese is written with the punctuation of Chinese, and English with that of English', async () => {
  // A place in braces is filled with Han, unless it is quoted: 「{key}: …」 shows what is typed.
  const [before, after] = ['[\\p{Script=Han}}]', '[\\p{Script=Han}{]']
  const half = new RegExp(`${before}[,;:?!]|[,;:?!]${after}|${before}\\.(?!\\p{L}|\\d)`, 'u')
  const unquoted = (text: string) => text.replace(/「[^」]*」/g, '「」')
  none(await wrongTexts((text) => half.test(unquoted(text['zh-Hant']))), 'Write ，。：；？！ beside Han characters:')
  none(
    await wrongTexts((text) => /[，。；：？！「」]/.test(text.en.replace(/[^ ]*\p{Script=Han}[^ ]*/gu, ''))),
    'English has full-width punctuation:',
  )
  none(await wrongTexts((text) => /(\w)'(\w)|(^|\s)"\w/.test(text.en)), 'Write ’ and “ ” in English:')
})

test('the voice is plain', async () => {
  const loud = /\b(please|successfully|oops|sorry|invalid|click here|simply|just enter|in order to)\b|!/i
  none(await wrongTexts((text) => loud.test(text.en)), 'Say what happened and what to do, without these words:')
  none(await wrongTexts((text) => /您|！|成功地/.test(text['zh-Hant'])), '用「你」，不用驚嘆號：')
})

// One word for one idea: docs/concepts/words.md settles it, and this keeps the others out.
const variants: readonly [wrong: RegExp, right: string][] = [
  [/恆等式/, '等式'],
  [/措施/, '計劃項目'],
  [/(?<!撥款)說明/, '解釋；或用註明、列明、用法'],
  [/財政預算/, '開支預算，簡稱預算'],
  [/遺失|失去/, '缺失'],
  [/復原|還原數字/, '找回'],
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
  test(`no Chinese text says ${wrong.source}, but ${right}`, async () => {
    none(await wrongTexts((text) => wrong.test(text['zh-Hant'])), `Write ${right}:`)
  })
