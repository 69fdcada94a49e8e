import { type Text, texts, type Values } from '#platform'

const words = texts({
  unknown: {
    en: 'It does not know the keys of this log (403). Give them to its operator.',
    'zh-Hant': '見證者不認識本日誌的密鑰（403）。請把密鑰交給其營運者。',
  },
  unwatched: {
    en: 'It does not watch this log (404). Ask its operator to add it.',
    'zh-Hant': '見證者沒有監察本日誌（404）。請其營運者加入本日誌。',
  },
  other: {
    en: 'It cosigned what this log does not have ({failure}). Stop writing, and follow the guide on recovering a log.',
    'zh-Hant': '見證者加簽過本日誌沒有的內容（{failure}）。請停止寫入，並按《找回日誌》指南處理。',
  },
  unsigned: {
    en: 'What it answered is no cosignature by its keys in the policy. Compare these with its operator.',
    'zh-Hant': '其回應並非以信任政策所列密鑰作出的加簽。請與其營運者核對密鑰。',
  },
  refused: {
    en: 'It answered {failure}. Its operator sees why in its own log; it is asked again.',
    'zh-Hant': '見證者回應 {failure}，其營運者可在運行紀錄查看原因；系統會再次要求加簽。',
  },
  away: {
    en: 'It did not answer ({failure}). See that it runs and can be reached; it is asked again.',
    'zh-Hant': '見證者沒有回應（{failure}）。請查看其是否運行及能否連線；系統會再次要求加簽。',
  },
})

/** Why a witness did not cosign, by what is kept of that (`publication/publish.ts`), and what to do. */
export function tellFailure(failure: string): [Text, Values] {
  if (failure === '403') return [words.unknown, {}]
  if (failure === '404') return [words.unwatched, {}]
  if (/^(409|422)$|^knows /.test(failure)) return [words.other, { failure }]
  if (failure === 'signature') return [words.unsigned, {}]
  return [/^\d+$/.test(failure) ? words.refused : words.away, { failure }]
}
