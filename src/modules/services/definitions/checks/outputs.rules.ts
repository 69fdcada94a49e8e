import type { Complaint } from '#pack'
import { texts } from '#platform'
import type { Service } from '../service.ts'

const sentences = texts({
  notMade: {
    en: 'No module of this installation makes an output of the kind {kind}. Use one of: {kinds}.',
    'zh-Hant': '本系統沒有模組可製作 {kind} 類的文件。請用以下其中一種：{kinds}。',
  },
  noText: {
    en: 'A letter says something. Write its text.',
    'zh-Hant': '信件須有內容，請寫上 text。',
  },
  log: {
    en: 'Only an entry stands in a log. Take “log” out.',
    'zh-Hant': '只有 entry 會寫入日誌，請刪去 log。',
  },
})

/** What this installation can leave behind at the end of a case. A module that makes another kind adds it here. */
export const producibleOutputs: readonly string[] = ['letter']

/** That what a case leaves behind can be made, and is whole. */
export function* checkOutputs({ apply }: Service): Generator<Complaint> {
  for (const output of apply?.case.outputs ?? []) {
    const { kind, text, log } = output
    if (!producibleOutputs.includes(kind))
      yield { at: output, key: 'kind', text: sentences.notMade, values: { kind, kinds: producibleOutputs.join(', ') } }
    if (kind === 'letter' && !text) yield { at: output, text: sentences.noText }
    if (kind !== 'entry' && log) yield { at: output, key: 'log', text: sentences.log }
  }
}
