import { type Installation, type Sql, say, type Text } from '#platform'
import { getVersion } from '../versions/versions.ts'
import type { Case } from './events.ts'
import { isBefore, listedTexts, searchOf, textsBefore } from './listed.rules.ts'
import type { Writing } from './show.ts'

/** What lists show of a case, in the language of whoever reads, by the version that asked. A version is read once and kept. */
export async function sayListed(sql: Sql, listed: Case['listed'], { language, currency }: Writing): Promise<string[]> {
  return (await textsOf(sql, listed, currency)).map((text) => say(text, language))
}

async function textsOf(sql: Sql, listed: Case['listed'], currency: string): Promise<Text[]> {
  return isBefore(listed)
    ? textsBefore(listed)
    : listedTexts(await getVersion(sql, listed.version), listed.answers, currency)
}

/** By what a case is found that is about to be written. */
export const termsOfCase = async (
  sql: Sql,
  { pack }: Pick<Installation, 'pack'>,
  { reference, listed }: Pick<Case, 'reference' | 'listed'>,
): Promise<string[]> => searchOf(reference, await textsOf(sql, listed, pack.government.currency.code))
