import { sayEverywhere, type Text, texts, type Values } from '#platform'
import type { Question } from '../definitions/form.ts'
import { addDays, isDate } from '../rules/dates.rules.ts'
import type { Answer, Answers } from '../types.ts'
import type { Filled } from './draft.ts'

/** Something that was typed and is no answer: at which control, and what to do. */
export type Mistake = { readonly control: string; readonly text: Text }
/** An answer, none where the question may be left out, or what is wrong. */
export type Read = { readonly answer?: Answer; readonly mistake?: Mistake }

const textMaxDefault = 200
const longTextMaxDefault = 4000
export const letterMax = ({ kind, max }: Question): number =>
  max ?? (kind === 'long-text' ? longTextMaxDefault : textMaxDefault)

const sentences = texts({
  missing: { en: 'Answer “{title}”.', 'zh-Hant': '請回答「{title}」。' },
  choose: { en: 'Choose an answer to “{title}”.', 'zh-Hant': '請選擇「{title}」的答案。' },
  tooLong: {
    en: '“{title}” may have {max} characters, and has {count}. Shorten it.',
    'zh-Hant': '「{title}」最多 {max} 字，現有 {count} 字。請縮短。',
  },
  mask: {
    en: '“{title}” does not have the right form. Write it like {example}.',
    'zh-Hant': '「{title}」格式不符。請照此填寫：{example}。',
  },
  number: { en: '“{title}” must be a number, like {example}.', 'zh-Hant': '「{title}」須為數字，例如 {example}。' },
  whole: {
    en: '“{title}” must be a whole number, like {example}.',
    'zh-Hant': '「{title}」須為整數，例如 {example}。',
  },
  cents: {
    en: '“{title}” has at most two digits behind the point, like {example}.',
    'zh-Hant': '「{title}」的小數最多兩位，例如 {example}。',
  },
  least: { en: '“{title}” must be {min} or more.', 'zh-Hant': '「{title}」須為 {min} 或以上。' },
  most: { en: '“{title}” must be {max} or less.', 'zh-Hant': '「{title}」須為 {max} 或以下。' },
  date: {
    en: '“{title}” must be a day of the calendar, like 27 3 2027.',
    'zh-Hant': '「{title}」須為曆上的日子，例如 2027 年 3 月 27 日。',
  },
  datePart: { en: '“{title}” also needs the {part}.', 'zh-Hant': '「{title}」還須填寫{part}。' },
  dateLeast: { en: '“{title}” must be {day} or later.', 'zh-Hant': '「{title}」須為 {day} 或之後。' },
  dateMost: { en: '“{title}” must be {day} or earlier.', 'zh-Hant': '「{title}」須為 {day} 或之前。' },
  email: {
    en: '“{title}” must be an email address, like name@example.org.',
    'zh-Hant': '「{title}」須為電郵地址，例如 name@example.org。',
  },
  phone: {
    en: '“{title}” must be a phone number, like 2123 4567 or +44 20 7946 0000.',
    'zh-Hant': '「{title}」須為電話號碼，例如 2123 4567 或 +44 20 7946 0000。',
  },
  chooseLeast: { en: 'Choose at least {min} for “{title}”.', 'zh-Hant': '「{title}」請最少選擇 {min} 項。' },
  chooseMost: { en: 'Choose at most {max} for “{title}”.', 'zh-Hant': '「{title}」最多可選擇 {max} 項。' },
  agree: { en: 'Tick the box if you agree: “{title}”.', 'zh-Hant': '如同意「{title}」，請剔選方格。' },
  file: { en: 'Send a file for “{title}”.', 'zh-Hant': '請提交「{title}」的檔案。' },
})
const parts = texts({
  year: { en: 'year', 'zh-Hant': '年份' },
  month: { en: 'month', 'zh-Hant': '月份' },
  day: { en: 'day', 'zh-Hant': '日子' },
})

const text = (typed: Filled['typed'], control: string): string => [typed[control] ?? ''].flat()[0] ?? ''
/** As a person means it: full-width digits are digits, and spaces around count for nothing. */
const plain = (typed: string): string => typed.normalize('NFKC').trim()

/** A mistake leads to a control; of a day as a whole to its first part, which depends on the language. */
const wrong = ({ id, title }: Question, sentence: Text, values: Values = {}, control = id): Read => ({
  mistake: { control, text: sayEverywhere(sentence, { title, ...values }) },
})

/**
 * What was typed for a question, as an answer. `today` is the day at the government, by which days are judged. Accepts what people
 * write (spaces, commas, full-width digits, a sign of money) and refuses what cannot be used, with what to do.
 */
export function readQuestion(question: Question, { typed, files }: Filled, today: string): Read {
  const { kind, id, optional } = question
  if (kind === 'choices')
    return readChoices(
      question,
      [typed[id] ?? []].flat().filter((each) => each !== ''),
    )
  if (kind === 'file') {
    const sent = files[id] ?? []
    if (sent.length > 0) return { answer: sent }
    return optional ? {} : missing(question, sentences.file)
  }
  if (kind === 'date') return readDate(question, typed, today)
  if (kind === 'declaration') {
    if (text(typed, id) === 'yes') return { answer: true }
    return optional ? { answer: false } : missing(question, sentences.agree)
  }
  const raw = text(typed, id).replaceAll('\r\n', '\n').trim()
  const isChoice = kind === 'choice' || kind === 'yes-no'
  if (raw === '') return optional ? {} : missing(question, isChoice ? sentences.choose : sentences.missing)
  switch (kind) {
    case 'yes-no':
      return raw === 'yes' || raw === 'no' ? { answer: raw === 'yes' } : wrong(question, sentences.choose)
    case 'choice':
      return question.options?.some((option) => option.id === raw) ? { answer: raw } : wrong(question, sentences.choose)
    case 'number':
      return readNumber(question, plain(raw))
    case 'money':
      return readMoney(question, plain(raw))
    case 'email':
      return /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(plain(raw)) && raw.length <= 254
        ? { answer: plain(raw) }
        : wrong(question, sentences.email)
    case 'phone':
      return /^\+?(?=(\D*\d){5,15}\D*$)[\d ().-]{5,30}$/.test(plain(raw))
        ? { answer: plain(raw) }
        : wrong(question, sentences.phone)
    default:
      return readText(question, kind === 'text' ? raw.replace(/\s*\n\s*/g, ' ') : raw)
  }
}

const missing = (question: Question, sentence: Text): Read =>
  question.missing ? { mistake: { control: question.id, text: question.missing } } : wrong(question, sentence)

function readText(question: Question, typed: string): Read {
  const { mask, example } = question
  if (mask) {
    const kept = plain(typed).toUpperCase()
    const read = matchMask(mask, kept)
    return read === undefined ? wrong(question, sentences.mask, { example: example ?? mask }) : { answer: read }
  }
  const max = letterMax(question)
  // As people count: a character outside the basic plane is one.
  const count = [...typed].length
  return count > max ? wrong(question, sentences.tooLong, { max, count }) : { answer: typed }
}

/**
 * What was typed in the one spelling of a mask, or undefined: A is a letter, 9 a digit, * either, ? what may be missing, and signs
 * and spaces of the mask need not be typed.
 */
export function matchMask(mask: string, typed: string): string | undefined {
  const marks = [...typed.replace(/[\s\p{Pd}/()]/gu, '')]
  let at = 0
  let kept = ''
  for (const sign of mask) {
    const mark = marks[at]
    const fits = { A: /^[A-Z]$/, '9': /^[0-9]$/, '*': /^[A-Z0-9]$/, '?': /^[A-Z0-9]$/ }[sign]
    if (!fits) {
      kept += sign
      continue
    }
    if (mark !== undefined && fits.test(mark)) {
      kept += mark
      at += 1
    } else if (sign !== '?') return undefined
  }
  return at === marks.length ? kept : undefined
}

const digitsMax = 15
const tooMany = (typed: string) => typed.replace(/\D/g, '').length > digitsMax

function readNumber(question: Question, typed: string): Read {
  const { whole, min = 0, max } = question
  const bare = typed.replace(/[,\s]/g, '').replace(/^−/, '-')
  const example = { example: `${Math.max(Math.ceil(min), Math.min(12, max ?? 12))}` }
  if (!/^-?\d+(\.\d+)?$/.test(bare) || tooMany(bare))
    return wrong(question, whole ? sentences.whole : sentences.number, example)
  const value = Number(bare)
  if (whole && !Number.isInteger(value)) return wrong(question, sentences.whole, example)
  return inRange(question, value) ?? { answer: value }
}

/** In units of the currency, as typed and as `min` and `max` say; the answer is in cents. */
function readMoney(question: Question, typed: string): Read {
  const bare = typed.replace(/[,\s]/g, '').replace(/^\D{0,4}(?=[\d.])/, '')
  const [, units, cents = ''] = /^(\d+)(?:\.(\d*))?$/.exec(bare) ?? []
  if (units === undefined || tooMany(bare) || typed.startsWith('-'))
    return wrong(question, sentences.number, { example: '1,250.50' })
  if (cents.length > 2) return wrong(question, sentences.cents, { example: '1,250.50' })
  const value = Number(units) * 100 + Number(cents.padEnd(2, '0'))
  return inRange(question, value / 100) ?? { answer: value }
}

function inRange(question: Question, value: number): Read | undefined {
  const { min, max } = question
  const write = (limit: number) => limit.toLocaleString('en')
  if (min !== undefined && value < min) return wrong(question, sentences.least, { min: write(min) })
  if (max !== undefined && value > max) return wrong(question, sentences.most, { max: write(max) })
  return undefined
}

function readDate(question: Question, typed: Filled['typed'], today: string): Read {
  const { id, optional, min, max } = question
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => plain(text(typed, `${id}-${part}`))) as [
    string,
    string,
    string,
  ]
  if (!(year || month || day)) return optional ? {} : missing(question, sentences.missing)
  for (const [part, value] of Object.entries({ day, month, year }))
    if (value === '')
      return wrong(question, sentences.datePart, { part: parts[part as keyof typeof parts] }, `${id}-${part}`)
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isDate(written) || year < '1000') return wrong(question, sentences.date)
  const limit = (days: number) => addDays(today, days) as string
  if (min !== undefined && written < limit(min))
    return wrong(question, sentences.dateLeast, { day: dayText(limit(min)) })
  if (max !== undefined && written > limit(max))
    return wrong(question, sentences.dateMost, { day: dayText(limit(max)) })
  return { answer: written }
}

const months = 'January February March April May June July August September October November December'.split(' ')
/** A day as people write it. */
export function dayText(day: string): Text {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return { en: `${date} ${months[month - 1]} ${year}`, 'zh-Hant': `${year} 年 ${month} 月 ${date} 日` }
}

function readChoices(question: Question, chosen: readonly string[]): Read {
  const { options = [], optional, min, max } = question
  const known = options.map(({ id }) => id).filter((id) => chosen.includes(id))
  if (known.length === 0 && (optional || min === 0)) return { answer: [] }
  if (known.length === 0) return missing(question, sentences.choose)
  if (min !== undefined && known.length < min) return wrong(question, sentences.chooseLeast, { min })
  if (max !== undefined && known.length > max) return wrong(question, sentences.chooseMost, { max })
  return { answer: known }
}

/** What was typed for the questions of one page. */
export function readQuestions(
  questions: readonly Question[],
  filled: Filled,
  today: string,
): { answers: Answers; mistakes: Mistake[] } {
  const answers: Record<string, Answer> = {}
  const mistakes: Mistake[] = []
  for (const question of questions) {
    const { answer, mistake } = readQuestion(question, filled, today)
    if (mistake) mistakes.push(mistake)
    else if (answer !== undefined) answers[question.id] = answer
  }
  return { answers: answers as Answers, mistakes }
}
