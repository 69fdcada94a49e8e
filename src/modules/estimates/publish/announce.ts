import { type Installation, type Language, say, texts } from '#platform'
import { listTotals, listWorst, totalAcross } from './list.ts'

const words = texts({
  holds: {
    en: 'Estimates {year}, Head {head}: {checked} identities checked, all hold; {recovered} lost numbers recovered{inferred}.',
    'zh-Hant': '{year} 年度預算，總目 {head}：核對 {checked} 條等式，全部相符；找回 {recovered} 個缺失數字{inferred}。',
  },
  fails: {
    en: 'Estimates {year}, Head {head}: {checked} identities checked, {fails} fail. See {path}',
    'zh-Hant': '{year} 年度預算，總目 {head}：核對 {checked} 條等式，{fails} 條不符。見 {path}',
  },
  failsOne: {
    en: 'Estimates {year}, Head {head}: {checked} identities checked, 1 fails. See {path}',
    'zh-Hant': '{year} 年度預算，總目 {head}：核對 {checked} 條等式，1 條不符。見 {path}',
  },
  across: {
    en: 'Estimates {later}, Head {head}: {fails} lines do not agree with {earlier}. See {path}',
    'zh-Hant': '{later} 年度預算，總目 {head}：{fails} 項與 {earlier} 年度不一致。見 {path}',
  },
  acrossOne: {
    en: 'Estimates {later}, Head {head}: 1 line does not agree with {earlier}. See {path}',
    'zh-Hant': '{later} 年度預算，總目 {head}：1 項與 {earlier} 年度不一致。見 {path}',
  },
  inferred: { en: ', {inferred} of them inferred', 'zh-Hant': '，其中 {inferred} 個屬推斷' },
  more: { en: 'And {count} more Heads; see /estimates', 'zh-Hant': '另有 {count} 個總目，見 /estimates' },
  none: {
    en: 'No Head of the Estimates is loaded. Import one: ./praya estimates import FILE',
    'zh-Hant': '未有載入預算總目。匯入方法：./praya estimates import FILE',
  },
})

const shown = 4

/** The result of checking the Estimates, for the end of `npm start`. Heads that fail come first. */
export async function announce(installation: Installation, language: Language): Promise<string[]> {
  const heads = await listWorst(installation, language, shown)
  if (heads.length === 0) return [say(words.none, language)]
  const lines = heads.map(({ year, head, counts }) => {
    const { fails, holds, rounding, explained, derived, inferred } = counts
    const values = {
      year,
      head,
      fails,
      checked: holds + rounding + explained + fails,
      recovered: derived + inferred,
      inferred: inferred > 0 ? say(words.inferred, language, { inferred }) : '',
    }
    const path = `/estimates/${year}/${head}/checks?outcome=fails`
    return say(fails > 1 ? words.fails : fails === 1 ? words.failsOne : words.holds, language, { ...values, path })
  })
  const rest = (await listTotals(installation, language)).reduce((sum, year) => sum + year.heads, -lines.length)
  const apart = (await totalAcross(installation, language)).filter(({ fails }) => fails > 0)
  const across = apart.slice(0, shown).map(({ head, earlier, later, fails }) => {
    const path = `/estimates/${later}/${head}/compare?with=${earlier}`
    return say(fails === 1 ? words.acrossOne : words.across, language, { head, earlier, later, fails, path })
  })
  return [...lines, ...across, ...(rest > 0 ? [say(words.more, language, { count: rest })] : [])]
}
