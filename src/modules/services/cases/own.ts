import type { FastifyRequest } from 'fastify'
import type { Installation } from '#platform'
import { todayOf } from '../days.ts'
import { findAgreement } from '../grants/grants.sql.ts'
import { placeOf } from '../places/of-case.ts'
import { requireReadable } from './acting.ts'
import { findCase } from './cases.sql.ts'
import type { Case } from './events.ts'
import { linesOf, replyFilePath } from './history.ts'
import { nameOfOrganisation } from './messages.ts'
import { isOverdue, leftOf, stateOf } from './placed.rules.ts'
import { findItems, findOffered } from './records.ts'
import { readReply } from './replies.ts'
import { answersOf, filesOf, newTokens } from './show.ts'
import { pastOf, stagesOf } from './stages.rules.ts'
import type { OwnCaseData } from './types.ts'
import { openEvent, readWhole, type Whole } from './write.ts'

/** A case as its person reads it: what happened, what happens next, and what they can do. */
export async function readOwn(
  installation: Installation,
  request: FastifyRequest,
  reference: string,
  wrong: OwnCaseData['wrong'] = null,
): Promise<OwnCaseData> {
  const now = requireReadable(await findCase(installation.sql, reference), request)
  const told = await tellPerson(installation, request, now, wrong)
  if (!request.person!.onBehalfOf) return told
  return {
    ...told,
    offered: [],
    items: [],
    reply: null,
    can: { reply: false, withdraw: false, appeal: false, complain: false },
  }
}

/** For whoever may read the case as its person. */
async function tellPerson(
  installation: Installation,
  request: FastifyRequest,
  now: Case,
  wrong: OwnCaseData['wrong'] = null,
): Promise<OwnCaseData> {
  const { sql } = installation
  const whole = await readWhole(sql, installation, now)
  const { compiled, events } = whole
  const { reference, wait, openedAt, dueOn, replyUntilOn, reviewOf, review } = now
  const state = stateOf(compiled, now.state)
  const asked = wait === 'reply' && events.findLast(({ kind }) => kind === 'information-asked')
  const asksFiles = asked ? asked.kind === 'information-asked' && asked.data.files !== undefined : false
  const files = await filesOf(installation, now, (id, replyTo) =>
    replyTo === null ? `/applications/${now.application}/files/${id}` : replyFilePath(replyTo, id),
  )
  const today = todayOf(installation)
  const mayAppeal = now.endedAt !== null && review === null && now.appealUntilOn !== null && today <= now.appealUntilOn
  return {
    ...{ reference, wait, openedAt, dueOn, replyUntilOn, reviewOf, review },
    stages: stagesOf(now, compiled, pastOf(events, whole.compiledAt), installation.pack.government.timeZone),
    ...{ overdue: isOverdue(now, installation.now()), left: leftOf(now) },
    granted: (await findAgreement(sql, reference)) !== undefined,
    offered: await findOffered(installation, whole),
    items: await itemsThatEnd(installation, whole),
    ...{ title: compiled.service.title, state: state.title, next: state.next, ended: now.outcome },
    organisation: nameOfOrganisation(installation, now.organisation),
    appealUntilOn: now.appealUntilOn,
    question: asked ? openEvent<'information-asked'>(installation, reference, asked).text : null,
    reply: await readReply(installation, request, now, asksFiles),
    place: await placeOf(installation, reviewOf ?? reference),
    answers: answersOf(installation, whole),
    files,
    history: linesOf(installation, whole, { nameOf: () => null, as: 'person', files }),
    can: {
      ...{ reply: wait === 'reply', withdraw: now.endedAt === null, appeal: mayAppeal },
      complain: now.complainedAt === null,
    },
    ...{ tokens: newTokens(['reply', 'withdraw', 'appeal', 'complain']), wrong },
  }
}

/** The items of registers of which a person should know before they withdraw: those that end with the case, and those that keep it from that. */
async function itemsThatEnd(
  { sql }: Installation,
  { now, events }: Pick<Whole, 'now' | 'events'>,
): Promise<OwnCaseData['items']> {
  if (now.endedAt !== null || now.reviewOf !== null) return []
  return [...(await findItems(sql, now, events)).values()].flatMap(({ number, over, undo, giveUp }) =>
    over === null ? { number, ends: (giveUp ?? undo) !== null } : [],
  )
}
