const digits: Record<string, string> = {
  零: '0',
  〇: '0',
  '○': '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Financial years as people write them: `2023-24`, `2023–24`, 二零二三至二四. For use inside larger patterns. */
export const yearPattern =
  '(?:[零〇○一二三四五六七八九]{4}至[零〇○一二三四五六七八九]{2,4}|\\d{4} ?[-\\u2010-\\u2015\\u2212/] ?\\d{2}(?!\\d))'

/** Days: 二零二三年三月三十一日, 2023 年 3 月 31 日, 31.3.2023, 31 March 2023. */
export const dayPattern =
  '(?:[零〇○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|\\d{4} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日|\\d{1,2}\\.\\d{1,2}\\.\\d{4}|' +
  '\\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \\d{4})'

/** `2023-24`, or undefined when the two years do not follow each other. */
export function readYear(text: string): string | undefined {
  const plain = text.replace(/[零〇○一二三四五六七八九]/g, (digit) => digits[digit]!)
  const match = /^(\d{4})\D{1,3}(\d{2}|\d{4})$/.exec(plain)
  if (!match) return undefined
  const end = Number(match[1]) + 1
  if (match[2] !== String(end) && match[2] !== String(end).slice(2)) return undefined
  return `${match[1]}-${String(end).slice(2)}`
}

/** `2023-03-31`. */
export function readDay(text: string): string | undefined {
  let match = /^([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日$/.exec(text)
  if (match) {
    const year = match[1]!.replace(/./g, (digit) => digits[digit]!)
    return day(year, readCount(match[2]!), readCount(match[3]!))
  }
  match = /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日$/.exec(text)
  if (match) return day(match[1]!, Number(match[2]), Number(match[3]))
  match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (match) return day(match[3]!, Number(match[2]), Number(match[1]))
  match = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text)
  if (match) return day(match[3]!, months.indexOf(match[2]!.toLowerCase()) + 1, Number(match[1]))
  return undefined
}

function day(year: string, month: number | undefined, date: number | undefined): string | undefined {
  if (!month || !date || month > 12 || date > 31) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Counts: `1,234`, `two`, 兩, 二十六. */
export const countPattern =
  '(?:\\d(?:[\\d,]{0,10}\\d)?|one|two|three|four|five|six|seven|eight|nine|ten|[一兩二三四五六七八九十]{1,3})'

export function readCount(text: string): number | undefined {
  if (/^(?:\d{1,3}(?:,\d{3})+|\d{1,9})$/.test(text)) return Number(text.replaceAll(',', ''))
  const word = words.indexOf(text.toLowerCase())
  if (word !== -1) return word
  const match = /^([一兩二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text.trim())
  if (!match || text === '') return undefined
  const value = (character: string | undefined) => (character === '兩' ? 2 : character ? Number(digits[character]) : 0)
  if (!match[2]) return match[3] ? undefined : value(match[1])
  return (match[1] ? value(match[1]) : 1) * 10 + value(match[3])
}
