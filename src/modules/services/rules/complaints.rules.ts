import { type Text, texts, type Values as Words } from '#platform'
import { limits } from './types.rules.ts'

/** What is wrong with a text, where in it, and what to do: for `say(text, language, values)`. */
export type Complaint = { readonly from: number; readonly to: number; readonly text: Text; readonly values?: Words }

/** The sentences for officers who write conditions and rules. */
export const sentences = texts({
  empty: { en: 'Nothing is written here. Write an expression.', 'zh-Hant': '這裏沒有內容。請寫上算式。' },
  tooLong: {
    en: 'The expression has {letters} letters, and may have {most}. Divide it into several.',
    'zh-Hant': '算式有 {letters} 個字元，上限為 {most} 個。請分成數條。',
  },
  tooDeep: {
    en: 'Too much is nested here. Divide the expression into several.',
    'zh-Hant': '此處嵌套過深。請把算式分成數條。',
  },
  unreadable: {
    en: 'The expression cannot be read from “{part}” on. Look for a missing operator, bracket or quotation mark.',
    'zh-Hant': '由「{part}」起無法讀取。請檢查有否缺少運算符號、括號或引號。',
  },
  wrongSign: {
    en: 'Write “{right}” instead of “{wrong}”.',
    'zh-Hant': '請寫半形的「{right}」，不要寫「{wrong}」。',
  },
  ends: {
    en: 'The expression ends too early. Write what is missing at the end.',
    'zh-Hant': '算式尚未完結。請在末尾補上缺少的部分。',
  },
  refused: {
    en: '“{what}” is part of FEEL that cannot be used in definitions. {instead}',
    'zh-Hant': '「{what}」屬於 FEEL，但不能用於定義。{instead}',
  },
  unknownName: {
    en: 'There is no name “{name}” here. Use one of: {names}.',
    'zh-Hant': '這裏沒有名稱「{name}」。請用以下其中一個：{names}。',
  },
  nearName: {
    en: 'There is no name “{name}” here. Did you mean “{near}”?',
    'zh-Hant': '這裏沒有名稱「{name}」。你是否想寫「{near}」？',
  },
  notWithoutBrackets: {
    en: 'Write not(…), with what it turns round in brackets.',
    'zh-Hant': '請寫成 not(…)，把要否定的部分放在括號內。',
  },
  unknownFunction: {
    en: 'There is no function “{name}”. Use one of: {names}.',
    'zh-Hant': '沒有函數「{name}」。請用以下其中一個：{names}。',
  },
  nearFunction: {
    en: 'There is no function “{name}”. Did you mean “{near}”?',
    'zh-Hant': '沒有函數「{name}」。你是否想寫「{near}」？',
  },
  isFunction: {
    en: '“{name}” is a function. Write what it is used on in brackets after it.',
    'zh-Hant': '「{name}」是函數。請在其後的括號內寫上要處理的內容。',
  },
  arguments: {
    en: '“{name}” takes {count} here, and has {given}. Write it as {usage}.',
    'zh-Hant': '「{name}」在此須有 {count} 項，現有 {given} 項。請寫成 {usage}。',
  },
  expected: {
    en: 'Here stands {given}, where {wanted} is needed. Write {wanted}.',
    'zh-Hant': '此處是{given}，但須為{wanted}。請改寫成{wanted}。',
  },
  expectedOf: {
    en: '“{name}” has {given} here, and needs {wanted}. Write it as {usage}.',
    'zh-Hant': '「{name}」在此得到的是{given}，但須為{wanted}。請寫成 {usage}。',
  },
  notComparable: {
    en: 'Here {one} is compared with {other}. Compare values of the same kind.',
    'zh-Hant': '此處把{one}與{other}比較。請比較同類的值。',
  },
  notOrdered: {
    en: '“{operator}” cannot be used, as {one} has no order. See whether they are equal, or list the values after “in”.',
    'zh-Hant': '不能用「{operator}」，因為{one}沒有先後大小之分。請比較是否相等，或在 in 之後列出各值。',
  },
  dayAsText: {
    en: 'A date is compared with a text here. Write the day as date("{value}").',
    'zh-Hant': '此處把日期與文字比較。請把日期寫成 date("{value}")。',
  },
  nullOrder: {
    en: 'Nothing is more or less than null. Compare with null by = alone.',
    'zh-Hant': '空值（null）不能比較大小。與 null 只可用 = 比較是否相等。',
  },
  noSuchValue: {
    en: 'This choice has no value “{value}”. It has: {values}.',
    'zh-Hant': '此選項沒有「{value}」這個值。可用的值：{values}。',
  },
  nearValue: {
    en: 'This choice has no value “{value}”. Did you mean “{near}”?',
    'zh-Hant': '此選項沒有「{value}」這個值。你是否想寫「{near}」？',
  },
  neverEqual: {
    en: 'These two choices have no value in common, so that they are never equal. Compare with another name.',
    'zh-Hant': '這兩個選項沒有相同的值，永不相等。請與另一個名稱比較。',
  },
  notArithmetic: {
    en: '“{operator}” cannot be used between {one} and {other}. {instead}',
    'zh-Hant': '「{operator}」不能用於{one}與{other}之間。{instead}',
  },
  branches: {
    en: 'One part gives {one}, and the other {other}. Let both give the same kind.',
    'zh-Hant': '一部分得出{one}，另一部分得出{other}。請使兩者同類。',
  },
  notList: {
    en: 'Here stands {given}, where a list is needed. Use a name that holds a list, or write one in [ ].',
    'zh-Hant': '此處是{given}，但須為清單。請用存有清單的名稱，或用 [ ] 寫出清單。',
  },
  noField: {
    en: 'There is no part “{name}” in {one}. Use one of: {names}.',
    'zh-Hant': '{one}沒有「{name}」這部分。請用以下其中一個：{names}。',
  },
  noParts: {
    en: '“.{name}” cannot be used, as {one} has no parts. Take it out.',
    'zh-Hant': '不能用「.{name}」，因為{one}沒有部分。請刪去。',
  },
  badLoopName: {
    en: '“{name}” cannot be a name here. Use one word of letters, digits and _ that begins with a letter and is not used yet.',
    'zh-Hant': '「{name}」不能用作名稱。請用一個以字母開頭、由字母、數字及 _ 組成而未曾使用的詞。',
  },
  badDate: {
    en: '“{value}” is no date. Write a day that exists as year-month-day, such as 2026-11-28.',
    'zh-Hant': '「{value}」不是日期。請以年-月-日寫出實有的日子，例如 2026-11-28。',
  },
  badDuration: {
    en: '“{value}” is no duration in months or days. Write P1Y6M for a year and six months, or P30D for thirty days.',
    'zh-Hant': '「{value}」不是以月或日計的時間長度。一年六個月寫成 P1Y6M，三十日寫成 P30D。',
  },
  badNumber: {
    en: 'The number “{value}” cannot be kept exactly. Write at most {most} digits.',
    'zh-Hant': '數字「{value}」無法準確保存。請最多寫 {most} 位數字。',
  },
  badText: {
    en: 'The text has a \\ that stands for nothing. Write \\\\ for the sign itself, \\" for a quotation mark, \\n, \\t or \\u and four digits.',
    'zh-Hant': '文字內有無意義的 \\。要寫此符號請寫 \\\\，引號寫 \\"，或用 \\n、\\t、\\u 加四位數字。',
  },
  needsLiteral: {
    en: '“{name}” takes a text in quotation marks and nothing that is calculated. Write it as {usage}.',
    'zh-Hant': '「{name}」只接受引號內的文字，不能是計算所得。請寫成 {usage}。',
  },
  digitsNeeded: {
    en: 'How many digits stay behind the point is written as a whole number from 0 to {most}.',
    'zh-Hant': '小數位數須寫成 0 至 {most} 的整數。',
  },
  wildcardAlone: {
    en: '“-” stands for everything and stands alone. Take out the rest, or “-”.',
    'zh-Hant': '「-」代表任何值，須單獨使用。請刪去其餘部分，或刪去「-」。',
  },
  resultIsGroup: {
    en: 'The result would be a whole group of fields. Name one of its fields after a dot.',
    'zh-Hant': '結果會是一整組欄位。請在點號之後寫明其中一個欄位。',
  },
  wrongResult: {
    en: 'The result is {given}, and must be {wanted}. Write an expression that gives {wanted}.',
    'zh-Hant': '結果是{given}，但須為{wanted}。請寫出會得出{wanted}的算式。',
  },
  tooManyRows: {
    en: 'The table has {count} rows, and may have {most}. Divide it.',
    'zh-Hant': '此表有 {count} 列，上限為 {most} 列。請分成數個表。',
  },
  tooManyColumns: {
    en: 'The table has {count} columns, and may have {most}. Divide it.',
    'zh-Hant': '此表有 {count} 欄，上限為 {most} 欄。請分成數個表。',
  },
  wrongCells: {
    en: 'The row has {count} conditions, and the table {wanted} inputs. Write one condition for each; “-” stands for everything.',
    'zh-Hant': '此列有 {count} 項條件，而此表有 {wanted} 項輸入。請逐項寫上條件；「-」代表任何值。',
  },
  noOutput: {
    en: 'The row says nothing for “{name}”. Write a value, or null.',
    'zh-Hant': '此列沒有寫明「{name}」。請寫上其值或 null。',
  },
  unknownOutput: {
    en: 'The table has no output “{name}”. Use one of: {names}.',
    'zh-Hant': '此表沒有輸出「{name}」。請用以下其中一個：{names}。',
  },
  scalarInput: {
    en: 'An input of a table is one value, and this is {given}. Write an expression that gives one value.',
    'zh-Hant': '表的輸入須為單一個值，此處是{given}。請寫出會得出單一個值的算式。',
  },
})

/** What to write instead of a part of FEEL that is refused. */
export const instead = texts({
  today: {
    en: 'The day of a decision comes from outside: use the name that holds it.',
    'zh-Hant': '作出決定的日期由外面提供：請用存有該日期的名稱。',
  },
  times: {
    en: 'Only whole days are known here: use date("2026-11-28").',
    'zh-Hant': '這裏只計整日：請用 date("2026-11-28")。',
  },
  patterns: {
    en: 'Patterns may take very long: use contains, starts with, ends with or “in”.',
    'zh-Hant': '模式比對可能需時極長：請用 contains、starts with、ends with 或 in。',
  },
  functions: { en: 'Write out what it would calculate.', 'zh-Hant': '請直接寫出要計算的內容。' },
  groups: { en: 'Use the fields of the answers instead.', 'zh-Hant': '請改用答案的欄位。' },
  types: {
    en: 'What a name holds is known beforehand; compare with null to see whether it is answered.',
    'zh-Hant': '名稱所存的種類事先已知；要知道有否作答，請與 null 比較。',
  },
  named: { en: 'Write the values in their order, without names.', 'zh-Hant': '請按次序寫出各值，不寫名稱。' },
  powers: { en: 'Multiply instead.', 'zh-Hant': '請改用乘法。' },
  ranges: { en: 'Use a range only after “in”, or in a table.', 'zh-Hant': '範圍只能用於 in 之後，或用於表內。' },
  loops: { en: 'Go through a list of the answers.', 'zh-Hant': '請逐一處理答案中的清單。' },
  input: { en: 'Write the comparison alone, such as >= 65.', 'zh-Hant': '請只寫比較部分，例如 >= 65。' },
  others: { en: 'Use one of: {names}.', 'zh-Hant': '請用以下其中一個：{names}。' },
  dates: {
    en: 'Add or subtract a duration, such as @"P1Y" or @"P30D".',
    'zh-Hant': '請加上或減去時間長度，例如 @"P1Y" 或 @"P30D"。',
  },
  sameKinds: { en: 'Calculate with values of the same kind.', 'zh-Hant': '請用同類的值計算。' },
  equals: { en: 'Write one of these signs: {signs}.', 'zh-Hant': '請寫以下其中一個符號：{signs}。' },
})

/** Gathers what is wrong, so that an officer sees everything at once, up to a bound. */
export type Complaints = {
  readonly all: Complaint[]
  readonly at: (place: { from: number; to: number }, text: Text, values?: Words) => undefined
}

export function gather(): Complaints {
  const all: Complaint[] = []
  return {
    all,
    at: ({ from, to }, text, values) => {
      if (all.length < limits.complaints) all.push({ from, to, text, ...(values && { values }) })
      return undefined
    },
  }
}

/** Signs as keyboards for Chinese, and word processors, write them, with those that FEEL has. */
const signs = new Map(
  '＞ > ＜ < ＝ = ≥ >= ≤ <= ≠ != （ ( ） ) ［ [ ］ ] ， , 、 , “ " ” " 「 " 」 " ＂ " ＋ + － - – - — - ＊ * × * ／ / ÷ / ． . 。 .'
    .split(' ')
    .flatMap((sign, at, all) => (at % 2 === 0 ? [[sign, all[at + 1]!] as const] : [])),
)
export function findWrongSign(text: string): { wrong: string; right: string } | undefined {
  const wrong = [...text].find((each) => signs.has(each))
  return wrong === undefined ? undefined : { wrong, right: signs.get(wrong)! }
}

/** A sentence that stands in another, with its own places filled. */
export const filled = (text: Text, place: string, by: string): Text => ({
  en: text.en.replace(`{${place}}`, by),
  'zh-Hant': text['zh-Hant'].replace(`{${place}}`, by),
})

/** A list of names as a sentence has it. */
export const listed = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ')
