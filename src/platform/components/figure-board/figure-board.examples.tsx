import type { Reading } from '../../figures.ts'
import type { Example } from '../examples.ts'
import { FigureBoard } from './figure-board.tsx'

const now = { en: 'now', 'zh-Hant': '現時' }
const today = { en: 'today', 'zh-Hant': '今日' }
const at = '2026-11-23T08:15:00Z'
const reading = (
  id: string,
  unit: Reading['unit'],
  value: Reading['value'],
  period: Reading['period'],
  title: Reading['title'],
): Reading => ({
  id,
  title,
  unit,
  period,
  evidence: '/figures',
  value,
  at,
  failed: false,
})

export const exampleReadings: Reading[] = [
  reading('services.open', 'number', 214, now, { en: 'Services open', 'zh-Hant': '開放的服務' }),
  reading('services.decided', 'number', 1386, today, { en: 'Applications decided', 'zh-Hant': '已審批的申請' }),
  reading('services.time', 'seconds', 2.4, today, {
    en: 'Time to a decision, half of them within',
    'zh-Hant': '半數申請的審批時間不超過',
  }),
  reading('estimates.identities-holding', 'text', '61 / 61', now, {
    en: 'Equations in the Estimates that hold',
    'zh-Hant': '預算文件內相符的等式',
  }),
  reading(
    'hosting.availability',
    'ratio',
    0.9998,
    { en: 'past 30 days', 'zh-Hant': '過去 30 日' },
    { en: 'Availability', 'zh-Hant': '可用率' },
  ),
  reading('ledger.checkpoint', 'number', null, now, {
    en: 'Latest checkpoint, witnessed by two',
    'zh-Hant': '最新核查點（由兩方見證）',
  }),
]

export const examples: Example[] = [
  { name: 'Departure board', render: () => <FigureBoard figures={exampleReadings} id="board-example" /> },
]
