import { fold } from '#platform'

const runs = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv
const isHan = /^\p{Script=Han}/u

/** Said by whoever searches for anything: looked for only where nothing else is asked. */
const commonLatin = new Set(
  'a an and apply applying are as at be by can do does for from get how i in is it me my need of on or s the to want what when where which who with'.split(
    ' ',
  ),
)
const commonHan = new RegExp(
  '如何|怎樣|怎麼|點樣|點申請|可以|我想|我要|想要|申請|邊度|哪裏|在哪|什麼|甚麼|是否|有沒有|有冇'
    .split('|')
    .map(fold)
    .join('|'),
  'g',
)

/** A word without the ending of many: a search for `grants` finds a grant, one for `subsidies` a subsidy. */
const single = (word: string): string =>
  /^[a-z]{2,}[^su]s$/.test(word)
    ? word.replace(/ies$|s$/, (end) => (end === 'ies' && word.length > 4 ? 'y' : ''))
    : word

const pairsOf = (run: string): string[] => {
  const signs = Array.from(run)
  return signs.slice(1).map((sign, at) => signs[at] + sign)
}

/** What an index holds of a folded text: Latin words, and of Chinese, which has no spaces, each sign and each pair. */
export function tokensOf(folded: string): string[] {
  return (folded.match(runs) ?? []).flatMap((run) => (isHan.test(run) ? [...run, ...pairsOf(run)] : [single(run)]))
}

/** One thing that was asked: a Latin word, or a run of Chinese by its pairs, of which most must occur. */
export type Asked = { kind: 'word'; tokens: readonly [string] } | { kind: 'han'; tokens: readonly string[] }

const askedMax = 8
const pairsMax = 24

/** What a query asks for, without the words that everybody uses, unless there are no others. */
export function askedIn(query: string): Asked[] {
  const folded = fold(query)
  const bare = readAsked(folded.replaceAll(commonHan, ' ')).filter(({ tokens }) => !commonLatin.has(tokens[0]!))
  return bare.length > 0 ? bare : readAsked(folded)
}

function readAsked(folded: string): Asked[] {
  return (folded.match(runs) ?? []).slice(0, 4 * askedMax).flatMap<Asked>((run) => {
    if (!isHan.test(run)) return [{ kind: 'word', tokens: [single(run)] }]
    const pairs = pairsOf(run)
    return [{ kind: 'han', tokens: pairs.length > 0 ? pairs.slice(0, pairsMax) : [run] }]
  })
}

/** The sets of which a word stands in `folded`, as all their words: whole words of Latin script, anything of Chinese. */
export function alikeOf(folded: string, sets: readonly (readonly string[])[]): string {
  const padded = ` ${folded.replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const occurs = (word: string) => (isHan.test(word) ? folded.includes(word) : wordStands(padded, word))
  return sets
    .filter((words) => words.some(occurs))
    .map((words) => words.join(' '))
    .join('\n')
}

const wordStands = (padded: string, word: string): boolean =>
  [word, `${word}s`, word.replace(/y$/, 'ies')].some((each) => padded.includes(` ${each} `))
