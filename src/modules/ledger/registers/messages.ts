import { sendMessage } from '#identity'
import { type Installation, Problem, type Sql, sayEverywhere, texts } from '#platform'
import type { Register } from './definitions.ts'
import { itemPath } from './show.ts'

const words = texts({
  done: { en: '{done}: {item} {number}', 'zh-Hant': '{item} {number}：{done}' },
  doneBody: {
    en: '“{step}” now stands in the register “{register}” for {item} {number}. Open it to see how it stands, and the entry in the log that nobody can change.',
    'zh-Hant':
      '登記冊「{register}」現載有 {item} {number} 的步驟「{step}」。請開啟登記項，查看最新狀況及任何人均不能更改的日誌條目。',
  },
  waits: { en: 'Waits for you: {step}, {item} {number}', 'zh-Hant': '等候你處理：{item} {number}，{step}' },
  waitsBody: {
    en: 'Somebody proposes the step “{step}” for {item} {number} in the register “{register}”, which you hold. It takes effect only if you approve it. Open it to approve or refuse.',
    'zh-Hant':
      '有人就你在登記冊「{register}」持有的{item} {number} 提出步驟「{step}」。須經你批准才會生效。請開啟登記項，批准或拒絕。',
  },
  refused: { en: 'Refused: {step}, {item} {number}', 'zh-Hant': '已拒絕：{item} {number}，{step}' },
  refusedBody: {
    en: 'The step “{step}” for {item} {number} in the register “{register}” was refused, so nothing has changed. Open it to see why.',
    'zh-Hant': '登記冊「{register}」{item} {number} 的步驟「{step}」被拒絕，登記項沒有變動。請開啟登記項查看原因。',
  },
})

export type Told = 'done' | 'waits' | 'refused'

/** Where a party of an item sees all of it. */
export const partyPath = (register: string, number: string) => `${itemPath(register, number)}/steps`

/**
 * Tells a person what was done to an item that they hold or held, in the caller’s transaction. Whose account is closed is
 * told nothing.
 */
export async function tellHolder(
  sql: Sql,
  { vault }: Pick<Installation, 'vault'>,
  person: string,
  {
    told,
    register,
    number,
    step,
    isParty,
  }: { told: Told; register: Register; number: string; step: Register['steps'][number]; isParty: boolean },
): Promise<void> {
  const values = { number, item: register.item, register: register.title, step: step.title, done: step.done }
  try {
    await sendMessage(sql, {
      ...{ vault, personId: person, organisation: register.keeper, reference: number },
      ...{
        title: sayEverywhere(words[told], values),
        body: sayEverywhere(words[`${told}Body`], values),
        link: isParty ? partyPath(register.id, number) : itemPath(register.id, number),
      },
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}
