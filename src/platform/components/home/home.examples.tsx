import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Search } from '../search/search.tsx'
import { Doors, Opening, QuietIndex } from './home.tsx'

const words = texts({
  sentence: { en: 'Everything public, within a few steps.', 'zh-Hant': '公共的一切，幾步之內。' },
  services: { en: 'Services', 'zh-Hant': '服務' },
  servicesLine: { en: 'Apply, book, pay, and follow what you sent.', 'zh-Hant': '申請、預約、繳費，並查看進度。' },
  account: { en: 'My account', 'zh-Hant': '我的帳戶' },
  accountLine: {
    en: 'Your documents, your consents, and who used your data.',
    'zh-Hant': '你的文件、你的同意，以及誰用過你的資料。',
  },
  money: { en: 'Follow the money', 'zh-Hant': '公帑去向' },
  moneyLine: {
    en: 'From each line of the Estimates to the system that it pays for.',
    'zh-Hant': '由財政預算的每一行，走到它所支付的系統。',
  },
  events: { en: 'Life events', 'zh-Hant': '人生大事' },
  birth: { en: 'A child is born', 'zh-Hant': '孩子出生' },
  school: { en: 'Going to school', 'zh-Hant': '入學' },
  work: { en: 'Finding work', 'zh-Hant': '求職' },
  home: { en: 'Moving home', 'zh-Hant': '搬遷' },
  who: { en: 'For whom', 'zh-Hant': '服務對象' },
  residents: { en: 'Residents', 'zh-Hant': '居民' },
  businesses: { en: 'Businesses', 'zh-Hant': '企業' },
  visitors: { en: 'Visitors', 'zh-Hant': '訪客' },
  auditors: { en: 'Auditors and journalists', 'zh-Hant': '審計人員和記者' },
})

const links = (say: (text: (typeof words)['birth']) => string, keys: (keyof typeof words)[]) =>
  keys.map((key) => ({ text: say(words[key]), path: `/services?for=${key}` }))

export const examples: Example[] = [
  {
    name: 'Opening',
    render: () => {
      const { say } = usePage()
      return (
        <Opening sentence={say(words.sentence)} level={3}>
          <Search large id="search-home" />
        </Opening>
      )
    },
  },
  {
    name: 'Three doors',
    render: () => {
      const { say } = usePage()
      const doors = (['services', 'account', 'money'] as const).map((key) => ({
        title: say(words[key]),
        line: say(words[`${key}Line`]),
        path: key === 'money' ? '/estimates' : `/${key}`,
      }))
      return <Doors doors={doors} />
    },
  },
  {
    name: 'Quiet index',
    render: () => {
      const { say } = usePage()
      const groups = [
        { title: say(words.events), links: links(say, ['birth', 'school', 'work', 'home']) },
        { title: say(words.who), links: links(say, ['residents', 'businesses', 'visitors', 'auditors']) },
      ]
      return <QuietIndex groups={groups} />
    },
  },
]
