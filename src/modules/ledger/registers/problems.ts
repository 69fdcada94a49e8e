import { type Problem, problems } from '#platform'
import type { StepFault } from './fold.rules.ts'

export const problem = problems('ledger', {
  'register-not-found': [
    404,
    {
      en: 'There is no register of this name here. Choose one from the list of registers.',
      'zh-Hant': '這裏沒有這個登記冊。請從登記冊列表選擇。',
    },
  ],
  'item-not-found': [
    404,
    {
      en: 'The register has no item of this number. Compare it with your paper, letter by letter.',
      'zh-Hant': '登記冊沒有這個編號的登記項。請與手上的文件逐字核對。',
    },
  ],
  'not-a-party': [
    403,
    {
      en: 'Nothing in this register waits for you in the name in which you act. Act for the organisation or as the person that the step is for.',
      'zh-Hant': '以你現時的身份，這個登記冊沒有可由你處理的事項。請改以步驟所屬的機構或本人身份行事。',
    },
  ],
  'step-not-open': [
    409,
    {
      en: 'This step cannot be taken as things stand now: the item has changed, or nobody holds it. Open it again and see what can be done.',
      'zh-Hant': '按登記項現時的狀況，不能進行這個步驟：登記項已有變動，或沒有人持有。請重新開啟，查看可進行的步驟。',
    },
  ],
  'step-not-alone': [
    409,
    {
      en: 'The register lets nobody take this step alone: others must approve as well. An officer proposes it at /office/ledger/registers.',
      'zh-Hant': '登記冊不容許單獨進行這個步驟，須另有他人批准。請由人員在 /office/ledger/registers 提出。',
    },
  ],
  'proposal-closed': [
    409,
    {
      en: 'This proposal waits no more: it took effect, was refused, ran out of time, or something else happened to the item. Whoever still wants it proposes it again.',
      'zh-Hant': '這項提議已不再等候批准：已生效、被拒絕、逾時，或登記項有其他變動。如仍需要，請重新提出。',
    },
  ],
  'not-for-programs': [
    403,
    {
      en: 'This step needs several people of your organisation, and no program counts as one of them. An officer takes it at /office/ledger/registers.',
      'zh-Hant': '這個步驟須由貴機構多名人員批准，程式不能代替其中一人。請由人員在 /office/ledger/registers 辦理。',
    },
  ],
  'approved-before': [
    409,
    {
      en: 'You have approved this already. It needs somebody else now.',
      'zh-Hant': '你已批准這項提議，現須由另一人批准。',
    },
  ],
  'open-too-many': [
    409,
    {
      en: 'Too many of your own proposals of this item wait already. Withdraw some of them first.',
      'zh-Hant': '你就這個登記項提出而仍等候批准的提議已太多。請先撤回部分提議。',
    },
  ],
  'value-taken': [
    409,
    {
      en: 'Another item of this register has the same “{field}”. Look for it, or correct what you wrote.',
      'zh-Hant': '登記冊內已有登記項使用相同的「{field}」。請查找該登記項，或更正所填內容。',
    },
  ],
  'step-values': [
    422,
    {
      en: 'Something that this step asks for is missing or cannot be read. Correct it and send it again.',
      'zh-Hant': '這個步驟所需的資料有缺漏或無法讀取。請更正後再送出。',
    },
  ],
  'item-overtaken': [
    409,
    {
      en: 'Somebody else changed this item of the register at the very same moment. Nothing was written; look at it again, and try once more.',
      'zh-Hant': '同一時刻有人更改了這個登記項，你的操作未有寫入。請重新查看，然後再試。',
    },
  ],
  'step-form-reused': [
    409,
    {
      en: 'This form was sent before with something else, and that stands. Open the item again.',
      'zh-Hant': '這份表格曾連同其他內容送出，並已生效。請重新開啟登記項。',
    },
  ],
  'invitation-not-found': [
    404,
    {
      en: 'No proposal waits under this code. Compare it with your letter; a code ends when its proposal does.',
      'zh-Hant': '沒有以這個代碼等候的提議。請與信件核對；提議結束時，代碼即告失效。',
    },
  ],
  'codes-too-often': [
    429,
    {
      en: 'There were too many tries of codes from your network. Wait {seconds} seconds, compare the code with your letter, and try again.',
      'zh-Hant': '你所用的網絡嘗試代碼次數過多。請在 {seconds} 秒後與信件核對代碼再試。',
    },
  ],
  'taker-holds-already': [
    409,
    {
      en: 'You hold this item already, so you cannot take it over.',
      'zh-Hant': '你已持有這個登記項，不能再承讓。',
    },
  ],
  'item-erased': [
    410,
    {
      en: 'What this item holds was erased. Its entries stand, and no further step can be taken.',
      'zh-Hant': '這個登記項的內容已刪除。條目仍在，但不能再進行任何步驟。',
    },
  ],
  'item-lost': [
    410,
    {
      en: 'What this item holds was lost with a database. Its entries stand, and no further step can be taken of it. The organisation that keeps the register enters it anew, under another number.',
      'zh-Hant':
        '這個登記項的內容因資料庫損毀而缺失。條目仍在，但不能再進行任何步驟；須由備存登記冊的機構以新編號重新登記。',
    },
  ],
  'item-not-erasable': [
    409,
    {
      en: 'A proposal of this item waits. Close it first; then what the item holds can be erased.',
      'zh-Hant': '這個登記項有提議等候批准。請先結束該提議，然後才可刪除內容。',
    },
  ],
})

/** What is refused for the moment alone: the same, tried again, may be taken. */
export const itemOvertaken = 'ledger.item-overtaken'

const refusals: Readonly<Partial<Record<StepFault, Parameters<typeof problem>[0]>>> = {
  'state-other': 'step-not-open',
  'holder-other': 'step-not-open',
  'step-unknown': 'step-not-open',
  'party-unknown': 'not-a-party',
  'party-other-organisation': 'not-a-party',
  'proposal-unknown': 'proposal-closed',
  'proposal-late': 'proposal-closed',
  'approved-before': 'approved-before',
  'open-too-many': 'open-too-many',
}

/** What a person is told of an entry that would have no effect. One that they cannot have caused is a bug. */
export function refusalOf(fault: StepFault): Problem | Error {
  const code = refusals[fault]
  return code ? problem(code, { detail: fault }) : new Error(`An entry was made that the rules do not know: ${fault}`)
}
