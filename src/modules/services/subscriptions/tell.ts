import { sendMessage } from '#identity'
import { type Installation, Problem, queueJob, type Sql, say, sayEverywhere, type Text, texts } from '#platform'
import { dayText } from '../applying/read.rules.ts'
import { dayAt } from '../cases/clocks.rules.ts'
import type { Service } from '../definitions/service.ts'
import { inEvery } from '../texts.rules.ts'
import { findPublished } from '../versions/versions.sql.ts'
import { changesOf } from './changes.rules.ts'
import { claimUntold, deleteSubscription, raiseTold } from './subscriptions.sql.ts'

export const tellJob = 'services.tell-subscribers'
/** Messages of one run, before it makes room for other work. */
const ofRunMax = 500

const words = texts({
  title: { en: '“{title}” has changed', 'zh-Hant': '「{title}」已更改' },
  changed: {
    en: 'Version {number} was published on {date}. What changed: {changes}.\n\nYou asked to be told of changes to this service. You can end that on its page, or in your account.',
    'zh-Hant':
      '第 {number} 版於 {date} 發布。更改之處：{changes}。\n\n你訂閱了這項服務的更改通知，可在服務頁面或帳戶內取消。',
  },
  other: {
    en: 'Version {number} was published on {date}. Its page says how it is now.\n\nYou asked to be told of changes to this service. You can end that on its page, or in your account.',
    'zh-Hant':
      '第 {number} 版於 {date} 發布，內容見服務頁面。\n\n你訂閱了這項服務的更改通知，可在服務頁面或帳戶內取消。',
  },
})

/**
 * A job: tells everybody who asked for it of the last version of a service. Each is told in a transaction of their own, which also
 * notes what they know: whoever is killed leaves the others to the next run, and nobody is told twice. Who was not told of two
 * versions yet is told of both at once. Any number of processes may do so.
 */
export async function tellSubscribers(installation: Installation): Promise<void> {
  for (let told = 0; told < ofRunMax; told++)
    if (!(await installation.sql.begin((sql) => tellNext(sql, installation)))) return
  await queueJob(installation.sql, tellJob, {})
}

/** Whether there was somebody to tell. */
async function tellNext(sql: Sql, installation: Installation): Promise<boolean> {
  const untold = await claimUntold(sql)
  if (!untold) return false
  const { personId, service, toldNumber, number } = untold
  const [before, after] = await Promise.all([
    findPublished(sql, service, toldNumber),
    findPublished(sql, service, number),
  ])
  await raiseTold(sql, personId, service, number)
  const on = dayAt(new Date(after!.publishedAt), installation.pack.government.timeZone)
  const changes = changesOf(before!.definition, after!.definition)
  const message = messageOf(after!.definition, { number, on: dayText(on), changes })
  try {
    const { organisation } = after!.definition
    await sendMessage(sql, {
      ...{ vault: installation.vault, personId, organisation, service },
      ...{ ...message, link: `/services/${service}` },
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // The account has closed since.
    await deleteSubscription(sql, personId, service)
  }
  return true
}

/** What is said of a change, in every language. */
export function messageOf(
  { title }: Pick<Service, 'title'>,
  { number, on, changes }: { number: number; on: Text; changes: readonly Text[] },
): { title: Text; body: Text } {
  const listed = inEvery((language) => changes.map((each) => say(each, language)).join(language === 'en' ? ', ' : '、'))
  const body = sayEverywhere(changes.length > 0 ? words.changed : words.other, { number, date: on, changes: listed })
  return { title: sayEverywhere(words.title, { title }), body }
}
