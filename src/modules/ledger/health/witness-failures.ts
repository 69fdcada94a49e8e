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
    en: 'It cosigned what this log does not have ({failure}). Stop writing, and follow docs/guides/recover-a-ledger.md.',
    'zh-Hant': '見證者加簽過本日誌沒有的內容（{failure}）。請停止寫入，並按 docs/guides/recover-a-ledger.md 處理。',
  },
  unsigned: {
    en: 'It does not cosign by the keys that the policy has of it: others may have followed. Ask its operator for its keys of now, and set a policy with these (./praya ledger policy).',
    'zh-Hant':
      '見證者沒有以信任政策所列的密鑰加簽，可能已更換密鑰。請向其營運者索取現有密鑰，再以 ./praya ledger policy 設定信任政策。',
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
