import * as OpenCC from 'opencc-js/t2cn'
import { Type } from 'typebox'

/** The three languages in which everything a person reads exists, as BCP 47 tags. */
export const languages = ['zh-Hant', 'en', 'zh-Hans'] as const
export type Language = (typeof languages)[number]

/**
 * One sentence or word in every language. `zh-Hans` is drafted from `zh-Hant` by OpenCC (Hong Kong variant to the
 * mainland's); write it only where the draft reads wrongly. `{name}` is a place for a value.
 */
export type Text = { readonly en: string; readonly 'zh-Hant': string; readonly 'zh-Hans'?: string }
export const Text = Type.Object({
  en: Type.String(),
  'zh-Hant': Type.String(),
  'zh-Hans': Type.Optional(Type.String()),
})

const convert = OpenCC.Converter({ from: 'hk', to: 'cn' })
// Where the mainland writes another word or mark than the converter does.
const mendings =
  '甚么 什么|帐 账|覆核 复核|「 “|」 ”|伺服器 服务器|方程式 方程式|程式码 代码|程式库 程序库|程式 程序|原始码 源代码|讯息 消息|搜寻 搜索|预设 默认|位元组 字节|资料库 数据库'
const mended = new Map(mendings.split('|').map((pair) => pair.split(' ') as [string, string]))
const toMend = new RegExp([...mended.keys()].join('|'), 'g')
const simplified = new Map<string, string>()
const simplifiedMax = 20_000

/** The Simplified Chinese draft of a Traditional Chinese sentence. Drafts are kept, as pages repeat them. */
export function simplify(text: string): string {
  const known = simplified.get(text)
  if (known !== undefined) return known
  const draft = convert(text).replace(toMend, (each: string) => mended.get(each)!)
  if (simplified.size < simplifiedMax) simplified.set(text, draft)
  return draft
}

/** What fills the places of a sentence; a text among them is said in the language of the sentence. */
export type Values = Readonly<Record<string, string | number | Text>>

/** `text` in `language`, with `{name}` replaced by `values.name`. A place without a value is a bug and throws. */
export function say(text: Text, language: Language, values?: Values): string {
  const sentence = language === 'zh-Hans' ? (text['zh-Hans'] ?? simplify(text['zh-Hant'])) : text[language]
  if (!values) return sentence
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`No value for {${name}} in: ${sentence}`)
    return typeof value === 'object' ? say(value, language) : String(value)
  })
}

/** `text` with its places replaced in every language, for what goes out as data or is kept. */
export const sayEverywhere = (text: Text, values: Values) =>
  Object.fromEntries(languages.map((language) => [language, say(text, language, values)])) as Text

/** Keeps a table of texts checked and its keys known: `const words = texts({ title: { en: …, 'zh-Hant': … } })`. */
export function texts<Table extends Record<string, Text>>(table: Table): { readonly [Key in keyof Table]: Text } {
  return table
}
