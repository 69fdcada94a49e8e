import { texts } from '#platform'

/** How far an anchor is, for pages and verbs. */
export const stateTexts = texts({
  queued: { en: 'Waiting', 'zh-Hant': '等候送出' },
  sent: { en: 'Sent', 'zh-Hant': '已送出' },
  mined: { en: 'In a block, not final yet', 'zh-Hant': '已載入區塊，尚未確定' },
  final: { en: 'Final', 'zh-Hant': '已確定' },
  superseded: { en: 'The chain has a larger checkpoint', 'zh-Hant': '鏈上已有較大的檢查點' },
})

export type AnchorState = keyof typeof stateTexts
