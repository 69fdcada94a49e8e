import { texts } from '#platform'

/** Why an identity cannot be checked, or holds only within rounding. */
export const reasons = texts({
  lost: {
    en: 'a number that it needs is lost, and nothing else in the document determines it',
    'zh-Hant': '所需的數字已缺失，而文件內沒有其他數字可以確定它',
  },
  defines: {
    en: 'it was used to recover a lost number, so it cannot check it as well',
    'zh-Hant': '已用來找回缺失的數字，不能同時用來核對',
  },
  repeats: {
    en: 'with the recovered numbers it says no more than other identities',
    'zh-Hant': '代入找回的數字後，與其他等式所說的相同',
  },
  impossible: {
    en: 'no values of the lost numbers can make this and the other identities true together',
    'zh-Hant': '無論缺失的數字是多少，這條等式都不能與其他等式同時成立',
  },
  'too-rough': {
    en: 'the amounts that it compares are printed too roughly for its last digits',
    'zh-Hant': '所比較的數額刊印得不夠精確，無法核對其末位數字',
  },
  unreadable: {
    en: 'what is printed there is no number',
    'zh-Hant': '該處所印的並非數字',
  },
  uneven: {
    en: 'it has other decimals than the numbers around it',
    'zh-Hant': '小數位數與同處其他數字不同',
  },
  'no-counterpart': {
    en: 'the document does not give the number that it would be compared with',
    'zh-Hant': '文件沒有可供比較的數字',
  },
  'nothing-to-compare': {
    en: 'a change from nothing has no percentage',
    'zh-Hant': '由零起計的變動沒有百分率',
  },
  'column-forced': {
    en: 'one printed unit apart: the rounded rows were made to add up to this total, and the exact amount is known elsewhere',
    'zh-Hant': '相差一個刊印單位：各行四捨五入後須與總額相符，而確實數額見於另一處',
  },
  'only-earlier': {
    en: 'only the earlier year has this line',
    'zh-Hant': '只有較早的年度有這一項',
  },
  'only-later': {
    en: 'only the later year has this line',
    'zh-Hant': '只有較後的年度有這一項',
  },
})

export type Reason = keyof typeof reasons
