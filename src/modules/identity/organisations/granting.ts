import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Installation, recordAct, type Sql, type Text, texts } from '#platform'
import { refuseWaiting } from '../account/protection.sql.ts'
import { type Found, type findByCode, takeCode } from '../acting/acting.sql.ts'
import { type Confirm, carried } from '../acting/confirm.page.tsx'
import { mayGive } from '../acting/limits.rules.ts'
import { Ticked } from '../acting/types.ts'
import { joined } from '../consents/asked.rules.ts'
import { fill } from '../inbox/alerts.rules.ts'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { findRole, nameOfRole, rolesWith } from '../roles.ts'
import { countHolders, insertGrant, type KnownGrant, listLimits, lockOrganisation, settledDays } from './grants.sql.ts'
import { type AnyOrganisation, isVerifiedBy } from './organisations.sql.ts'

export const permission = 'identity:grant-role'
export const peoplePath = (id: string) => `/office/organisations/${id}/people`

export type GrantForm = Static<typeof GrantForm>
export const GrantForm = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 20 })),
  role: Type.Optional(Type.String({ maxLength: 60 })),
  ends: Type.Optional(Type.String({ maxLength: 10 })),
  services: Ticked,
  money: Type.Optional(Type.String({ maxLength: 20 })),
  /** The answer to whether this is the right person; without one they are named and asked about. */
  sure: Type.Optional(Type.Enum(['yes', 'no'])),
})

const words = texts({
  question: {
    en: '{name} becomes {role} of {organisation}: is that right?',
    'zh-Hant': '由{name}擔任{organisation}的{role}，是否正確？',
  },
  lead: {
    en: 'Nothing counts yet. If this is not whom you mean, go back and ask for the code again.',
    'zh-Hant': '委派尚未生效。如非你所指的人，請返回並重新索取代碼。',
  },
  person: { en: 'Person', 'zh-Hant': '人員' },
  role: { en: 'Role', 'zh-Hant': '職務' },
  counts: { en: 'When it counts', 'zh-Hant': '何時生效' },
  none: { en: 'At once', 'zh-Hant': '即時' },
  administrator: { en: 'When another administrator approves it', 'zh-Hant': '另一管理員批准後' },
  grantee: { en: 'When they accept it', 'zh-Hant': '對方接受後' },
  services: { en: 'Only these services', 'zh-Hant': '只限下列服務' },
  money: { en: 'Most money in one act', 'zh-Hant': '每次操作的金額上限' },
  ends: { en: 'Last day', 'zh-Hant': '最後一日' },
  withdrawn: {
    en: '{name} is no longer {role} of {organisation}: is that right?',
    'zh-Hant': '{name}不再擔任{organisation}的{role}，是否正確？',
  },
  withdrawnLead: {
    en: 'It ends at once, wherever they are signed in, and they are told. To have it back, it must be granted anew.',
    'zh-Hant': '撤回後在所有登入即時失效，並會通知對方。如要恢復，須重新委派。',
  },
  withdraw: { en: 'Yes, withdraw it', 'zh-Hant': '正確，確認撤回' },
  keep: { en: 'No, back to the people', 'zh-Hant': '不正確，返回人員清單' },
  yes: { en: 'Yes, grant it', 'zh-Hant': '正確，確認委派' },
  no: { en: 'No, change it', 'zh-Hant': '不正確，返回更改' },
})

/** What a form gives, once nothing in it is wrong. */
export type Given = {
  organisation: { id: string; name: Text }
  form: GrantForm
  services: string[] | null
  centsMax: number | null
  timeZone: string
}

/** Whom the code of a form means, by `find`, which spends it or leaves it good. Throws `not-to-yourself`. */
export async function granteeOf(
  sql: Sql,
  installation: Installation,
  { person }: Pick<FastifyRequest, 'person'>,
  code: string,
  find: typeof findByCode,
): Promise<Found | undefined> {
  const found = await find(sql, installation, code)
  if (found?.id === person!.id) throw problem('not-to-yourself')
  return found
}

/** Who would have which role, by name, for the page that asks whether that is right. */
export function grantQuestion(
  { organisation, form, services, centsMax }: Given,
  name: Text,
  offered: readonly { id: string; name: Text }[],
): Confirm {
  const role = nameOfRole(form.role!)
  const chosen = services && offered.filter(({ id }) => services.includes(id)).map((each) => each.name)
  const cents = centsMax === null ? undefined : (centsMax / 100).toFixed(2)
  return {
    question: fill(words.question, { name, role, organisation: organisation.name }),
    lead: words.lead,
    rows: [
      { key: words.person, text: name },
      { key: words.role, text: role },
      ...(chosen ? [{ key: words.services, text: joined(chosen) }] : []),
      ...(cents === undefined ? [] : [{ key: words.money, text: { en: cents, 'zh-Hant': cents } }]),
      ...(form.ends?.trim() ? [{ key: words.ends, day: form.ends.trim() }] : []),
      { key: words.counts, text: words[findRole(form.role!)!.approval] },
    ],
    action: peoplePath(organisation.id),
    fields: carried(form),
    yes: words.yes,
    no: words.no,
  }
}

/**
 * Grants the role to whoever showed the code, in the caller’s transaction; undefined where the code is no good. Throws
 * `not-your-organisation`, `more-than-yours`, `not-to-yourself`, `verified-it` and `role-held-already`.
 */
export async function grantRole(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { organisation: { id }, form, services, centsMax, timeZone }: Given,
): Promise<Found | undefined> {
  await lockAsAdministrator(sql, request, id)
  const asked = { full: form.role === 'owner', services, centsMax }
  const own = await listLimits(sql, id, rolesWith(permission), request.person!.id)
  if (!own.some((limit) => mayGive({ ...limit, full: limit.services === null }, asked)))
    throw problem('more-than-yours')
  const found = await granteeOf(sql, installation, request, form.code!, takeCode)
  if (!found) return undefined
  // Else whoever is promised a share could verify the company first.
  if (await isVerifiedBy(sql, id, found.id)) throw problem('verified-it')
  const { approval } = findRole(form.role!)!
  const atOnce = approval === 'none'
  const made = await insertGrant(sql, {
    ...{ personId: found.id, organisation: id, role: form.role!, grantedBy: request.person!.id },
    ...{ endsOn: form.ends?.trim() ?? '', timeZone, services, centsMax },
    // What needs no second pair of eyes counts by the matrix.
    ...(atOnce && { approvedBy: 'matrix' }),
  })
  if (made === undefined) throw problem('role-held-already')
  const detail = { grant: made, role: form.role!, person: found.id, pending: !atOnce }
  await recordAct(sql, request, { event: 'identity.role-granted', subject: peoplePath(id).slice(1), detail })
  // Of what waits for another administrator there is nothing to tell yet.
  if (atOnce) await sendAlert(sql, { personId: found.id, kind: 'role-granted' })
  else if (approval === 'grantee') await sendAlert(sql, { personId: found.id, kind: 'role-offered' })
  return found
}

/**
 * Throws where withdrawing a role would leave an organisation to too few: to nobody, or, where it is not one’s own, to one
 * alone. Otherwise whoever granted the roles could make themselves the only one, and nobody could undo it. Of a company, whose
 * owners name others alone, only those count who are owners for long, or else the one alone would bring somebody for it.
 */
export async function checkWithdrawal(
  sql: Sql,
  { id, place }: Pick<AnyOrganisation, 'id' | 'place'>,
  found: KnownGrant,
  me: string,
): Promise<void> {
  const administering = rolesWith(permission)
  if (found.state !== 'counts' || !administering.includes(found.role)) return
  const { others, settled } = await countHolders(sql, id, administering, found.personId)
  const government = place === 'government'
  const options = { values: { organisation: id, role: found.role } }
  if (others === 0) throw government ? problem('last-administrator', options) : problem('last-owner')
  if (found.personId !== me && others === 1)
    throw government ? problem('administrators-too-few', options) : problem('owners-too-few')
  if (found.personId !== me && !government && settled < 2)
    throw problem('owners-too-new', { values: { days: settledDays } })
}

/** Whether that somebody loses a role is right, for the page that asks so. */
export const withdrawalQuestion = (
  organisation: { id: string; name: Text },
  { id, role, name }: { id: number; role: string; name: Text },
): Confirm => ({
  question: fill(words.withdrawn, { name, role: nameOfRole(role), organisation: organisation.name }),
  lead: words.withdrawnLead,
  rows: [
    { key: words.person, text: name },
    { key: words.role, text: nameOfRole(role) },
  ],
  action: `${peoplePath(organisation.id)}/${id}/withdraw`,
  fields: [],
  yes: words.withdraw,
  no: words.keep,
})

/**
 * Under the organisation’s lock: of two administrators who remove each other at once, one is none any more. Refuses as
 * `recovery-waits` whoever may be somebody else, with a recovery code that they found.
 */
export async function lockAsAdministrator(sql: Sql, request: FastifyRequest, id: string) {
  await refuseWaiting(sql, request)
  await lockOrganisation(sql, id)
  const { own } = await countHolders(sql, id, rolesWith(permission), request.person!.id)
  if (own === 0) throw problem('not-your-organisation')
}
