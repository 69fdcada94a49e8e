import { type Command, texts } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { registersOf } from '../registers/registers.ts'
import { plainly } from '../told.ts'
import { countApiKeys, keysOfPage, listApiKeys, withdrawApiKey } from './api-keys.sql.ts'
import { issueApiKey } from './api-keys.ts'
import { isName, readDays } from './keys.rules.ts'
import { daysDefault, daysMax, nameMax } from './types.ts'

const words = texts({
  issueSummary: {
    en: 'Makes a key by which a program of an organisation appends to logs, and shows it this once.',
    'zh-Hant': '產生一條程式密鑰，供機構的程式寫入日誌；密鑰只顯示一次。',
  },
  listSummary: {
    en: 'Lists the keys of the programs of an organisation.',
    'zh-Hant': '列出機構的程式密鑰。',
  },
  withdrawSummary: {
    en: 'Withdraws a key: within a second it opens nothing, on every process.',
    'zh-Hant': '撤銷程式密鑰：一秒內在所有程序失效。',
  },
  organisation: { en: 'The organisation, as the pack calls it', 'zh-Hant': '機構在資料包內的識別碼' },
  name: { en: 'What the program is called', 'zh-Hant': '程式名稱' },
  id: { en: 'The key, as the list calls it', 'zh-Hant': '列表所示的密鑰識別碼' },
  days: {
    en: `How long it counts, ${daysDefault} unless told otherwise`,
    'zh-Hant': `有效日數，預設為 ${daysDefault}`,
  },
  register: { en: 'Also lets it take steps in this register', 'zh-Hant': '同時可在這個登記冊進行步驟' },
  noRegister: {
    en: '{organisation} is no party of this register. It is one of: {registers}.',
    'zh-Hant': '{organisation} 並非這個登記冊的一方；其為一方的登記冊：{registers}。',
  },
  noOrganisation: {
    en: 'The pack has no organisation “{organisation}”. Write its identifier as in organisations.yaml.',
    'zh-Hant': '資料包內沒有機構「{organisation}」。請按 organisations.yaml 填寫識別碼。',
  },
  wrongDays: { en: '--days takes a whole number from 1 to {max}.', 'zh-Hant': '--days 須為 1 至 {max} 的整數。' },
  wrongName: {
    en: 'A name has 1 to {max} characters, and a letter or digit among them.',
    'zh-Hant': '名稱須有 1 至 {max} 個字元，並含字母、文字或數字。',
  },
  issued: {
    en: 'Key {id} of {organisation}, until {until}. Keep this text where the program reads it; it is not shown again:',
    'zh-Hant': '{organisation} 的密鑰 {id}，有效至 {until}。請把以下文字存於程式讀取之處，不會再次顯示：',
  },
  listed: { en: '{id}  {name}  until {until}', 'zh-Hant': '{id}  {name}  有效至 {until}' },
  gone: { en: '{id}  {name}  withdrawn {at}', 'zh-Hant': '{id}  {name}  已於 {at} 撤銷' },
  none: { en: '{organisation} has no keys.', 'zh-Hant': '{organisation} 沒有密鑰。' },
  withdrawn: { en: 'Withdrawn: {id}', 'zh-Hant': '已撤銷：{id}' },
  notThere: {
    en: '{organisation} has no key {id} that counts.',
    'zh-Hant': '{organisation} 沒有生效中的密鑰 {id}。',
  },
})

const organisationArgument = { name: 'ORGANISATION', about: words.organisation }

/** `./praya ledger key issue ORGANISATION NAME [--days N]` */
const issue: Command = {
  name: 'ledger key issue',
  summary: words.issueSummary,
  arguments: [organisationArgument, { name: 'NAME', about: words.name }],
  options: {
    days: { about: words.days, value: 'N' },
    register: { about: words.register, value: 'REGISTER' },
  },
  run: ({ arguments: [organisation = '', name = ''], options, withInstallation, print, warn, say }) =>
    withInstallation(async ({ sql, pack }) => {
      const days = options.days === undefined ? daysDefault : readDays(String(options.days))
      const refuse = (sentence: string) => {
        plainly(warn)(sentence)
        return 2 as const
      }
      if (!pack.organisations.some(({ id }) => id === organisation))
        return refuse(say(words.noOrganisation, { organisation }))
      if (days === undefined) return refuse(say(words.wrongDays, { max: daysMax }))
      if (!isName(name)) return refuse(say(words.wrongName, { max: nameMax }))
      const register = typeof options.register === 'string' ? options.register : undefined
      const registers = registersOf({ pack }, organisation).map((each) => each.name)
      if (register && !registers.includes(register))
        return refuse(say(words.noRegister, { organisation, registers: registers.join(', ') || '–' }))
      const { key, text } = await sql.begin(async (transaction) => {
        const made = await issueApiKey(transaction, {
          organisation,
          name,
          scopes: ['append', ...(register ? [`step:${register}` as const] : [])],
          createdBy: 'system',
          days,
        })
        await recordCeremony(transaction, 'system', {
          ...{ event: 'ledger.key-issued', subject: `ledger-key/${made.key.id}`, organisation },
          ...{ holder: name, keys: [made.key.id] },
        })
        return made
      })
      plainly(print)(say(words.issued, { id: key.id, organisation, until: key.expiresAt.slice(0, 10) }))
      print(text)
      return 0 as const
    }),
}

/** `./praya ledger key list ORGANISATION` */
const list: Command = {
  name: 'ledger key list',
  summary: words.listSummary,
  arguments: [organisationArgument],
  run: ({ arguments: [organisation = ''], withInstallation, print, say }) =>
    withInstallation(async ({ sql }) => {
      const count = await countApiKeys(sql, organisation)
      if (count === 0) plainly(print)(say(words.none, { organisation }))
      for (let page = 1; (page - 1) * keysOfPage < count; page += 1)
        for (const { id, name, expiresAt, withdrawnAt } of await listApiKeys(sql, organisation, page))
          plainly(print)(
            withdrawnAt
              ? say(words.gone, { id, name, at: withdrawnAt.slice(0, 10) })
              : say(words.listed, { id, name, until: expiresAt.slice(0, 10) }),
          )
      return 0 as const
    }),
}

/** `./praya ledger key withdraw ORGANISATION ID`: 1 where there was nothing to withdraw. */
const withdraw: Command = {
  name: 'ledger key withdraw',
  summary: words.withdrawSummary,
  arguments: [organisationArgument, { name: 'ID', about: words.id }],
  run: ({ arguments: [organisation = '', id = ''], withInstallation, print, warn, say }) =>
    withInstallation(async ({ sql }) => {
      const done = await sql.begin(async (transaction) => {
        const holder = await withdrawApiKey(transaction, { id, organisation, by: 'system' })
        if (holder !== undefined)
          await recordCeremony(transaction, 'system', {
            ...{ event: 'ledger.key-withdrawn', subject: `ledger-key/${id}`, organisation, holder, keys: [id] },
          })
        return holder !== undefined
      })
      if (done) plainly(print)(say(words.withdrawn, { id }))
      else plainly(warn)(say(words.notThere, { organisation, id }))
      return done ? (0 as const) : (1 as const)
    }),
}

export const keyCommands: readonly Command[] = [issue, list, withdraw]
