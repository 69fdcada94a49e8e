import { type Text, texts } from '#platform'
import type { PlaceState } from './places.rules.ts'
import type { SessionNote } from './types.ts'

export const shared = texts({
  sessions: { en: 'Sessions of courses', 'zh-Hant': '課程場次' },
  add: { en: 'Add a session', 'zh-Hant': '新增場次' },
  edit: { en: 'Change the session', 'zh-Hant': '更改場次' },
  places: { en: 'Places', 'zh-Hant': '名額' },
  when: { en: 'When', 'zh-Hant': '時間' },
  where: { en: 'Where', 'zh-Hant': '地點' },
  service: { en: 'Service', 'zh-Hant': '服務' },
})

export const columns = texts({
  reference: { en: 'Reference', 'zh-Hant': '編號' },
  name: { en: 'Name', 'zh-Hant': '姓名' },
  listed: { en: 'What is listed', 'zh-Hant': '列出的答案' },
  state: { en: 'State', 'zh-Hant': '狀況' },
})

/** Where a place stands, for officers and in lists. */
export const stateNames: Readonly<Record<PlaceState, Text>> = texts({
  held: { en: 'Held', 'zh-Hant': '已留位' },
  waiting: { en: 'Waits', 'zh-Hant': '輪候中' },
  offered: { en: 'Offered', 'zh-Hant': '待接受' },
  taken: { en: 'Taken', 'zh-Hant': '已確認' },
  attended: { en: 'Came', 'zh-Hant': '出席' },
  missed: { en: 'Did not come', 'zh-Hant': '缺席' },
  'given-up': { en: 'Given up', 'zh-Hant': '已放棄' },
})

export const { lackingName, without } = texts({
  lackingName: { en: 'Granted, without a place', 'zh-Hant': '已批准但未有名額' },
  without: { en: '{lacking} granted without a place', 'zh-Hant': '{lacking} 人已批准但未有名額' },
})

export const sessionStates: Readonly<Record<SessionNote['state'], Text>> = texts({
  early: { en: 'Not open yet', 'zh-Hant': '未開始報名' },
  open: { en: 'Open', 'zh-Hant': '接受報名' },
  closed: { en: 'Closed', 'zh-Hant': '已截止報名' },
  begun: { en: 'Begun', 'zh-Hant': '已開始' },
  cancelled: { en: 'Cancelled', 'zh-Hant': '已取消' },
})
