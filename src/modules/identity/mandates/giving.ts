import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Installation, recordAct, type Sql, type Text, texts } from '#platform'
import { type findByCode, takeCode } from '../acting/acting.sql.ts'
import { type Confirm, carried } from '../acting/confirm.page.tsx'
import { dayOf, daysBetween, isDay, readServices } from '../acting/limits.rules.ts'
import { type Offered, Ticked } from '../acting/types.ts'
import { joined } from '../consents/asked.rules.ts'
import { fill } from '../inbox/alerts.rules.ts'
import { sendAlert } from '../inbox/messages.ts'
import { insertPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { provenNameOf } from '../proofing/claims.ts'
import { kindsBy, mandateKinds, mandateNames } from './kinds.ts'
import type { MandateData } from './mandates.page.tsx'
import { insertMandate } from './mandates.sql.ts'

export type MandateForm = Static<typeof MandateForm>
export const MandateForm = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 20 })),
  /** Of the person in whose name will be acted, where an officer confirms it. */
  principal: Type.Optional(Type.String({ maxLength: 20 })),
  name: Type.Optional(Type.String({ maxLength: 80 })),
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  services: Ticked,
  begins: Type.Optional(Type.String({ maxLength: 10 })),
  ends: Type.Optional(Type.String({ maxLength: 10 })),
  /** The answer to whether these are the right people; without one they are named and asked about. */
  sure: Type.Optional(Type.Enum(['yes', 'no'])),
})
export type Mistake = MandateData['mistakes'][number]
type By = MandateData['by']
type Asked = { by: By; form: MandateForm; offered: readonly Offered[] }

/** Below it an agent is whoever they say they are. */
export const agentLevelMin = 2

const words = texts({
  forYou: { en: '{agent} may act for you: is that right?', 'zh-Hant': '由{agent}代你行事，是否正確？' },
  forOther: {
    en: '{agent} may act for {principal}: is that right?',
    'zh-Hant': '由{agent}代{principal}行事，是否正確？',
  },
  lead: {
    en: 'Nothing counts yet. If this is not whom you mean, go back and ask for the code again.',
    'zh-Hant': '授權尚未生效。如非你所指的人，請返回並重新索取代碼。',
  },
  officeLead: {
    en: 'Nothing counts yet. Compare the names with the papers before you: two codes are easily mistaken for each other.',
    'zh-Hant': '授權尚未生效。請與面前的證明文件核對姓名：兩個代碼容易調亂。',
  },
  agent: { en: 'Who acts', 'zh-Hant': '代辦者' },
  agentProven: { en: 'Their name by their document', 'zh-Hant': '代辦者的證件姓名' },
  principal: { en: 'In whose name', 'zh-Hant': '被代表者' },
  principalProven: { en: 'Their name by their document', 'zh-Hant': '被代表者的證件姓名' },
  kind: { en: 'As what they act', 'zh-Hant': '代表身份' },
  services: { en: 'For which services', 'zh-Hant': '服務範圍' },
  all: { en: 'All but high-risk ones', 'zh-Hant': '高風險以外的所有服務' },
  begins: { en: 'First day', 'zh-Hant': '首日' },
  ends: { en: 'Last day', 'zh-Hant': '最後一日' },
  yes: { en: 'Yes, it counts from now on', 'zh-Hant': '正確，確認授權' },
  yesOffer: { en: 'Yes, ask them to accept it', 'zh-Hant': '正確，請對方接受' },
  no: { en: 'No, change it', 'zh-Hant': '不正確，返回更改' },
})

/** What is wrong with the form; whose the codes are is looked at last. */
export function mistakesOf(
  { now, pack }: Pick<Installation, 'now' | 'pack'>,
  by: By,
  form: MandateForm,
  offered: readonly Offered[],
): Mistake[] {
  const today = dayOf(now(), pack.government.timeZone)
  const begins = form.begins?.trim() || today
  const ends = form.ends?.trim() ?? ''
  const goodBegin = isDay(begins) && begins >= today
  const kind = kindsBy(by).includes(form.kind ?? '') ? mandateKinds[form.kind!] : undefined
  const days = goodBegin && isDay(ends) ? daysBetween(begins, ends) : -1
  const nobody = by === 'officer' && !form.principal?.trim() === !form.name?.trim()
  return [
    ...(form.code?.trim() ? [] : (['code'] as const)),
    ...(nobody ? (['principal'] as const) : []),
    ...(kind ? [] : (['kind'] as const)),
    ...(readServices(form.services, offered) === undefined ? (['services'] as const) : []),
    ...(goodBegin ? [] : (['begins'] as const)),
    ...(days < 0 || days > (kind?.daysMax ?? Infinity) ? (['ends'] as const) : []),
  ]
}

type Somebody = { id: string | undefined; name: Text }
type Two = { agent: Somebody & { id: string }; principal: Somebody }

/**
 * The two people whom the form means, by `find`, which spends a code or leaves it good; or which code is wrong. Throws
 * `agent-level-too-low` and `not-to-yourself`. A principal without an account has no identifier yet.
 */
export async function twoOf(
  sql: Sql,
  installation: Installation,
  { person }: Pick<FastifyRequest, 'person'>,
  { by, form }: Asked,
  find: typeof findByCode,
): Promise<Two | { wrong: Mistake }> {
  const me = person!
  const agent = await find(sql, installation, form.code!)
  if (!agent) return { wrong: 'code' }
  if (agent.level < agentLevelMin) throw problem('agent-level-too-low')
  const name = form.name?.trim()
  const principal =
    by === 'principal'
      ? { id: me.id, name: me.name }
      : name
        ? { id: undefined, name: { en: name, 'zh-Hant': name } }
        : await find(sql, installation, form.principal!)
  if (!principal) return { wrong: 'principal' }
  if (agent.id === principal.id || (by === 'officer' && (agent.id === me.id || principal.id === me.id)))
    throw problem('not-to-yourself')
  return { agent, principal }
}

/** Who would act for whom, by name, for the page that asks whether that is right. */
export async function questionOf(
  sql: Sql,
  installation: Installation,
  { by, form, offered }: Asked,
  { agent, principal }: Two,
): Promise<Confirm> {
  const officer = by === 'officer'
  // At a counter the officer has the papers in hand, and a name that one gives oneself proves nothing.
  const proven = async ({ id, name }: Somebody) =>
    officer && id ? await provenNameOf(sql, installation, { id, name, methods: [] }) : undefined
  const [agentProven, principalProven] = [await proven(agent), await proven(principal)]
  const services = readServices(form.services, offered)
  const chosen = services && offered.filter(({ id }) => services.includes(id)).map(({ name }) => name)
  return {
    question: fill(officer ? words.forOther : words.forYou, { agent: agent.name, principal: principal.name }),
    lead: officer ? words.officeLead : words.lead,
    rows: [
      { key: words.agent, text: agent.name },
      ...(agentProven ? [{ key: words.agentProven, text: agentProven }] : []),
      ...(officer ? [{ key: words.principal, text: principal.name }] : []),
      ...(principalProven ? [{ key: words.principalProven, text: principalProven }] : []),
      { key: words.kind, text: mandateNames[form.kind!]! },
      { key: words.services, text: chosen ? joined(chosen) : words.all },
      ...(form.begins?.trim() ? [{ key: words.begins, day: form.begins.trim() }] : []),
      { key: words.ends, day: form.ends!.trim() },
    ],
    action: officer ? '/office/mandates' : '/account/mandates',
    fields: carried(form),
    yes: officer ? words.yes : words.yesOffer,
    no: words.no,
  }
}

/** Grants it, in the caller’s transaction, or says which code is wrong. Throws `mandate-held-already` beside those of `twoOf`. */
export async function give(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  asked: Asked,
): Promise<Two | { wrong: Mistake }> {
  const { by, form, offered } = asked
  const two = await twoOf(sql, installation, request, asked, takeCode)
  if ('wrong' in two) return two
  const me = request.person!.id
  const { agent, principal } = two
  // Who cannot have an account of their own, as a child: one that nobody can sign in to.
  const principalId = principal.id ?? `person-${randomUUID()}`
  if (principal.id === undefined) await insertPerson(sql, principalId, principal.name)
  const { timeZone } = installation.pack.government
  const id = await insertMandate(sql, {
    ...{ kind: form.kind!, principalId, agentId: agent.id, services: readServices(form.services, offered)! },
    ...{ grantedBy: me, beginsOn: form.begins?.trim() ?? '', endsOn: form.ends!.trim(), timeZone },
    ...(by === 'officer' && { confirmedBy: me }),
  })
  if (!id) throw problem('mandate-held-already')
  const counts = by === 'officer'
  await recordAct(sql, request, {
    event: counts ? 'identity.mandate-confirmed' : 'identity.mandate-granted',
    subject: counts ? 'office/mandates' : 'account/acting',
    detail: { mandate: id, kind: form.kind! },
  })
  const values = { mandate: id }
  await sendAlert(sql, { personId: principalId, kind: counts ? 'mandate-granted' : 'mandate-given', values })
  await sendAlert(sql, { personId: agent.id, kind: counts ? 'mandate-granted' : 'mandate-offered', values })
  return two
}
