import { texts } from '#platform'

export const shared = texts({
  rounds: { en: 'Rounds of judging', 'zh-Hant': '評審輪次' },
  desk: { en: 'What I judge', 'zh-Hant': '我的評審' },
  deskLine: {
    en: 'Entries of competitions that you judge, and where you type the code of an invitation.',
    'zh-Hant': '你負責評審的參賽項目，以及輸入邀請代碼。',
  },
  round: { en: 'Round', 'zh-Hant': '輪次' },
  service: { en: 'Competition', 'zh-Hant': '比賽' },
  stream: { en: 'Stream', 'zh-Hant': '組別' },
  allStreams: { en: 'All streams', 'zh-Hant': '所有組別' },
  entry: { en: 'Entry', 'zh-Hant': '參賽項目' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  rank: { en: 'Rank', 'zh-Hant': '名次' },
  score: { en: 'Score', 'zh-Hant': '得分' },
  sheets: { en: 'Score sheets', 'zh-Hant': '評分表' },
  goesOn: { en: 'Goes on', 'zh-Hant': '晉級' },
  yes: { en: 'Yes', 'zh-Hant': '是' },
  entries: { en: 'Entries', 'zh-Hant': '參賽項目' },
  ranking: { en: 'Ranking', 'zh-Hant': '排名' },
  missing: { en: 'Score sheets that are not locked: {count}', 'zh-Hant': '未鎖定的評分表：{count} 份' },
  before: { en: 'Not opened', 'zh-Hant': '未開始' },
  open: { en: 'Being judged', 'zh-Hant': '評審中' },
  proposed: { en: 'Closed by the chair, to be confirmed', 'zh-Hant': '主席已結束，有待確認' },
  closed: { en: 'Closed', 'zh-Hant': '已結束' },
})
