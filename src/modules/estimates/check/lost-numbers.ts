import { type Language, say, type Text, texts } from '#platform'
import type { Cell } from '../types.ts'
import { formatAmount } from './amounts.ts'
import { isInference } from './recover.ts'
import { cellName, type Named, recoveredFrom, subjectName, unitNames } from './sentences.ts'

/* What became of a number that the source lost, in words, and what that rests on. */

const lost = texts({
  derived: {
    en: '{name}: lost in the source. It is {value}, the only number that fits the others: {equation}.',
    'zh-Hant': '{name}：來源文件缺了這個數字。數額是 {value}，只有這個數字與其他數字相符：{equation}。',
  },
  'derived-inference': {
    en: '{name}: lost in the source. If {assumed}, it is {value}, the only number that fits the others: {equation}.',
    'zh-Hant': '{name}：來源文件缺了這個數字。假設{assumed}，數額是 {value}，只有這個數字與其他數字相符：{equation}。',
  },
  'inferred-rounded': {
    en: '{name}: lost in the source. It is taken to be {value}, its exact amount, rounded; a column that was made to add up may print one unit more or less.',
    'zh-Hant':
      '{name}：來源文件缺了這個數字。推斷為確實數額四捨五入所得的 {value}；如各行數字須與總額相符，刊印的數字可能相差一個單位。',
  },
  inferred: {
    en: '{name}: lost in the source. It is taken to be nil, as the two numbers before it are; this is not proved.',
    'zh-Hant': '{name}：來源文件缺了這個數字。由於同一行之前兩個數字均為零，推斷這個數字亦為零；未經證實。',
  },
  'ambiguous-range': {
    en: '{name}: lost in the source. Anything from {from} to {to} ({unit}) fits the other numbers.',
    'zh-Hant': '{name}：來源文件缺了這個數字。由 {from} 至 {to}（{unit}）的任何數值都與其他數字相符。',
  },
  ambiguous: {
    en: '{name}: lost in the source. Several values fit the other numbers.',
    'zh-Hant': '{name}：來源文件缺了這個數字。有多個數值與其他數字相符。',
  },
  missing: {
    en: '{name}: lost in the source, and no other number speaks of it.',
    'zh-Hant': '{name}：來源文件已缺失，亦沒有其他數字與它有關。',
  },
})

const assumptions = texts({
  nil: { en: '{name} is nil', 'zh-Hant': '{name}為零' },
  rounded: { en: '{name} is its exact amount, rounded', 'zh-Hant': '{name}是確實數額四捨五入所得' },
})

/** What a recovered number rests on without proof: each number that is assumed, and what is assumed of it as `{name}`. */
export const assumptionsOf = ({ because }: Pick<Cell, 'because'>): { says: Text; cell: string }[] =>
  because.filter(isInference).map((id) => {
    const [kind, ...cell] = id.split('/')
    return { says: assumptions[kind === 'nil' ? 'nil' : 'rounded'], cell: cell.join('/') }
  })

export const listOf = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(items)

/** What more a check knows of a lost number: the limits of what it can be. */
type Known = {
  range?: { from: string; to: string } | undefined
}

/** What became of a lost number. */
export function cellSentence(names: Named, cell: Cell, language: Language, { range }: Known = {}): string {
  const name = cellName(names, cell, language)
  const recovered = cell.status === 'derived' || cell.status === 'inferred'
  if (recovered && !cell.nil && !cell.because.includes(`rounded/${cell.id}`)) {
    const assumed = assumptionsOf(cell).flatMap(({ says, cell: id }) => {
      const one = names.cells.get(id)
      return one ? [say(says, language, { name: subjectName(names, one.subject, language) })] : []
    })
    const listed = listOf(assumed, language)
    const value = formatAmount(cell, language)
    return say(assumed.length > 0 ? lost['derived-inference'] : lost.derived, language, {
      name,
      value,
      assumed: listed,
      equation: recoveredFrom(names, cell, language),
    })
  }
  if (recovered)
    return say(cell.nil ? lost.inferred : lost['inferred-rounded'], language, {
      name,
      value: formatAmount(cell, language),
    })
  if (cell.status === 'missing' || !range)
    return say(cell.status === 'missing' ? lost.missing : lost.ambiguous, language, { name })
  return say(lost['ambiguous-range'], language, { name, ...range, unit: say(unitNames[cell.unit], language) })
}
