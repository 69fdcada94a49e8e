import { randomBytes, randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Installation, recordAct, type Sql } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { append } from '../log/append.ts'
import { commitmentOf } from '../proofs/commitment.rules.ts'
import { saltBytes } from '../proofs/extra.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import type { Register } from './definitions.ts'
import { foldStep, type ItemState } from './fold.rules.ts'
import { tellHolder } from './messages.ts'
import { newNumber } from './numbers.rules.ts'
import { type Actor, asOf, isHolder, isParty, mayHold } from './parties.ts'
import { problem, refusalOf } from './problems.ts'
import {
  findItem,
  findItemByValue,
  findLogOf,
  type ItemRow,
  insertItem,
  lockStep,
  replaceItemValues,
  updateItem,
} from './registers.sql.ts'
import { findRules, getRegister, requireKnown } from './registers.ts'
import { canonical, type Party, partiesOf, type Rules, type Step } from './rules.rules.ts'
import {
  contextOf,
  invite,
  itemContext,
  lookupOf,
  openItem,
  openSalt,
  openStep,
  purposes,
  type StepContent,
  uniqueOf,
  type Values,
} from './sealed.ts'
import { printStep, type StepEntry } from './step-entry.rules.ts'
import {
  deleteInvitations,
  findInvitation,
  findStep,
  findStepByToken,
  findTakers,
  insertStep,
  isOvertaken,
  type StepRow,
} from './steps.sql.ts'

export type Proposing = { number: string | undefined; step: string; party: string; values: Values; reason: string }
export type Answering = {
  number: string
  proposal: string
  party: string
  answer: 'approved' | 'refused'
  reason: string
  code?: string | undefined
}
type Means = Pick<Installation, 'vault' | 'now' | 'pack'>

/**
 * Who acts: whoever asks; or an officer of a department that is a party, for whom another module answers that they may, and where
 * a job of that module acts, no request.
 */
type By = { actor: Actor; token: string; register: string } & (
  | { request: FastifyRequest; department?: undefined }
  | { request: FastifyRequest | undefined; department: string }
)

/** What came of it: the item, the entry’s leaf, whether a step took effect by it, and the octets that were written, if any. */
export type Entered = { number: string; leaf: Buffer; tookEffect: boolean; octets: number }

/**
 * Proposes a step of an item, or of a new one, and approves it for the party in whose name it is proposed, in the caller’s
 * transaction, of which this is the first statement, or which another module answers for. Where nobody else must approve, it takes effect at once.
 */
export const propose = (sql: Sql, means: Means, by: By, asked: Proposing): Promise<Entered> =>
  enter(sql, means, by, {
    party: asked.party,
    reason: asked.reason,
    values: asked.values,
    kind: 'step-proposed',
    step: asked.step,
    number: asked.number,
  })

/** Approves or refuses a proposal for a party, as `propose`. */
export const answer = (sql: Sql, means: Means, by: By, asked: Answering): Promise<Entered> =>
  enter(sql, means, by, {
    ...{ party: asked.party, reason: asked.reason, number: asked.number, code: asked.code, proposal: asked.proposal },
    ...{ kind: `step-${asked.answer}`, values: {} },
  })

type Wanted = {
  kind: StepEntry['kind']
  number: string | undefined
  party: string
  reason: string
  values: Values
  step?: string
  proposal?: string
  code?: string | undefined
}

/**
 * One entry of an item: judged by what the one before it left, and written with what it makes of the item.
 */
async function enter(sql: Sql, means: Means, by: By, wanted: Wanted): Promise<Entered> {
  const { request, actor, token, register: id, department } = by
  await lockStep(sql, { register: id, number: wanted.number, form: `${actor.id}/${token}` })
  const before = await findStepByToken(sql, actor.id, token)
  if (before) return repeated(means, before, id, wanted)
  const register = getRegister(means, id)
  const log = await findLogOf(sql, id)
  const rules = log && (await findRules(sql, id))
  if (!rules) throw problem('register-not-found')
  const number = wanted.number ?? newNumber(register.prefix, randomInt)
  const item = wanted.number === undefined ? undefined : await findItem(sql, id, number)
  if (wanted.number !== undefined && !item) throw problem('item-not-found')
  if (item) requireKnown(item)
  // What another module did before in its transaction has given that its number already.
  const head = item?.folded.head
  if (by.department !== undefined && (await isOvertaken(sql, { log, head, rules: rules.current })))
    throw problem('item-overtaken')
  const proposal = wanted.proposal ? await findStep(sql, Buffer.from(wanted.proposal, 'hex')) : undefined
  const open = item?.folded.open.find((each) => each.proposal === wanted.proposal)
  if (wanted.proposal && (!proposal || !open)) throw problem('proposal-closed')
  const version = open?.rules ?? rules.current
  const party = rules.all.get(version)!.parties.find((each) => each.id === wanted.party)
  const isTheirs =
    by.department === undefined
      ? party && (await isOf(sql, means, party, { request: by.request, actor, item, proposal, code: wanted.code }))
      : party?.organisation === by.department
  if (!party || !isTheirs) throw problem('not-a-party')
  const step = rules.all.get(version)!.steps.find(({ id }) => id === (proposal?.step ?? wanted.step))
  if (actor.isProgram && step && needsSeveral(step, party.id)) throw problem('not-for-programs')
  const at = means.now()
  const salt = randomBytes(saltBytes)
  const content: StepContent = {
    ...{ fields: wanted.values, reason: wanted.reason },
    ...{ person: actor.id, organisation: actor.organisation ?? null },
  }
  const entry: StepEntry = {
    ...{ kind: wanted.kind, register: id, item: number, step: proposal?.step ?? wanted.step!, party: party.id },
    org: party.organisation ?? register.keeper,
    ...(party.is !== 'organisation' && { as: asOf(actor) }),
    who: whoOf(actor, proposal ? openSalt(means, proposal) : salt),
    rules: version,
    ...(wanted.proposal && { proposal: wanted.proposal }),
    ...(item && { prev: item.folded.head }),
    commitment: commitmentOf(canonical(content), salt),
    ...{ time: secondOf(at), v: 1 },
  }
  const octets = printStep(entry)
  const leaf = Buffer.from(hashLeaf(octets))
  const folded = foldStep(item?.folded, entry, leaf.toString('hex'), rules)
  if (typeof folded === 'string') throw refusalOf(folded)
  const row = {
    ...{ leaf, register: id, number, place: folded.item.entries, kind: entry.kind, step: entry.step, party: party.id },
    ...{ tookEffect: folded.effect !== undefined, proposal: proposal?.leaf ?? null, entry: octets },
    salt: means.vault.seal(purposes.salt, salt, contextOf(leaf)),
    content: means.vault.seal(purposes.step, JSON.stringify(content), contextOf(leaf)),
    ...{ actedBy: actor.id, organisation: actor.organisation ?? null, actedAt: at, token },
  }
  const judged = { register, rules: rules.all.get(version)!, content }
  const changed = { before: item, folded: folded.item, effect: folded.effect, row, proposal }
  const holder = await keep(sql, means, judged, changed)
  await append(sql, log, [octets])
  // What a program does stands in the log under its organisation, as every entry of a program.
  if (request?.person || department !== undefined)
    await recordAct(sql, request ?? 'system', {
      event: `ledger.${entry.kind}`,
      subject: `register/${id}/${number}`,
      detail: { step: entry.step, party: party.id, tookEffect: row.tookEffect },
    })
  await tellHolders(sql, means, judged, { ...changed, holder })
  return { number, leaf, tookEffect: row.tookEffect, octets: octets.length }
}

/** Whether one person of a party may not be enough: whoever has a key for a program may be a person of that party, too. */
const needsSeveral = ({ approvals }: Step, id: string) =>
  approvals.flat().some(({ party, persons }) => party === id && persons > 1)

/** One person is one within a proposal, and across proposals nobody can tell. */
const whoOf = ({ id }: Actor, salt: Uint8Array) => commitmentOf(Buffer.from(`who\n${id}`), salt)

/** Tells those who hold the item, or held it, what somebody else did or wants of them. */
async function tellHolders(
  sql: Sql,
  means: Means,
  { register, rules }: Judged,
  { before, folded, effect, row, holder }: Changed & { holder: string | null },
): Promise<void> {
  const step = register.steps.find(({ id }) => id === row.step)
  const told = effect
    ? 'done'
    : row.kind === 'step-refused'
      ? 'refused'
      : row.kind === 'step-proposed'
        ? 'waits'
        : undefined
  const isAsked = rules.parties.some(({ id, is }) => is === 'holder' && partiesOfStep(rules, row.step).includes(id))
  if (!step || !told || (told !== 'done' && !isAsked)) return
  const people = new Set([
    before?.folded.heldAs === 'person' ? before.holder : null,
    folded.heldAs === 'person' ? holder : null,
  ])
  for (const person of people)
    if (person !== null && person !== row.actedBy)
      await tellHolder(sql, means, person, { told, register, number: row.number, step, isParty: person === holder })
}

type Judged = { register: Register; rules: Rules; content: StepContent }
type Changed = {
  before: ItemRow | undefined
  folded: ItemState
  effect: Step | undefined
  row: Parameters<typeof insertStep>[1]
  proposal: StepRow | undefined
}

/** Writes an entry and what it made of its item, and returns who holds that now. */
async function keep(sql: Sql, means: Means, judged: Judged, changed: Changed): Promise<string | null> {
  const { before, folded, effect, row, proposal } = changed
  const { register, number } = row
  const held = before ? openItem(means, before) : {}
  const asked = proposal ? openStep(means, proposal)!.fields : judged.content.fields
  const now = effect
    ? Object.fromEntries(Object.entries({ ...held, ...asked }).filter(([, value]) => value !== ''))
    : held
  const context = itemContext(register, number)
  const content = means.vault.seal(purposes.item, JSON.stringify(now), context)
  const holder = effect?.passes ? await takerOf(sql, judged, changed) : (before?.holder ?? null)
  const written = { register, number, folded, holder, content, at: row.actedAt }
  await (before ? updateItem(sql, written) : insertItem(sql, written))
  const values = uniqueOf(means, judged.register, effect || !proposal ? asked : {})
  if (effect) await takeValues(sql, judged.register, number, { fields: Object.keys(asked), values })
  else await checkValues(sql, judged.register, number, values)
  await insertStep(sql, row)
  const open = folded.open.map((each) => Buffer.from(each.proposal, 'hex'))
  await deleteInvitations(sql, { register, number, open })
  const needsTaker = judged.rules.parties.some(
    ({ id, is }) => is === 'taker' && partiesOfStep(judged.rules, row.step).includes(id),
  )
  if (row.kind === 'step-proposed' && !effect && needsTaker) await invite(sql, means, row.leaf)
  return holder
}

const partiesOfStep = ({ steps }: Rules, id: string) => partiesOf(steps.find((each) => each.id === id)!)

/** Who holds an item once a step has passed it on: the person, or the organisation for which they approved. */
async function takerOf(sql: Sql, { rules }: Judged, { row, proposal }: Changed): Promise<string> {
  const taker = rules.parties.find(({ is }) => is === 'taker')!.id
  const earlier = proposal ? await findTakers(sql, proposal.leaf, taker) : []
  const one = row.party === taker ? row : earlier[0]!
  return one.organisation ?? one.actedBy
}

type Unique = ReturnType<typeof uniqueOf>

async function takeValues(
  sql: Sql,
  register: Register,
  number: string,
  taking: { fields: readonly string[]; values: Unique },
): Promise<void> {
  const taken = taking.fields.length > 0 && (await replaceItemValues(sql, { register: register.id, number }, taking))
  if (taken) throw valueTaken(register, taken)
}

/** Before others are asked to approve what cannot take effect. */
async function checkValues(sql: Sql, register: Register, number: string, values: Unique): Promise<void> {
  for (const value of values) {
    const other = await findItemByValue(sql, register.id, [value])
    if (other !== undefined && other !== number) throw valueTaken(register, value.field)
  }
}

const valueTaken = ({ fields }: Register, id: string) => {
  const field = fields.find((each) => each.id === id)!
  const errors = [{ pointer: `#/${id}`, detail: 'taken' }]
  return problem('value-taken', { values: { field: field.title }, errors })
}

type Asking = {
  request: Pick<FastifyRequest, 'actingLimits'>
  actor: Actor
  item: ItemRow | undefined
  proposal: StepRow | undefined
  code: string | undefined
}

/** Whether who acts is this party of an item now, in the name in which they act: as `isParty`, or as the taker by a code. */
async function isOf(
  sql: Sql,
  means: Means,
  party: Party,
  { request: { actingLimits }, actor, item, proposal, code }: Asking,
): Promise<boolean> {
  const asking = { person: actor, actingLimits }
  if (party.is !== 'taker') return isParty(asking, party, item)
  if (!proposal || !code || !mayHold(asking, proposal.register)) return false
  const invitation = await findInvitation(sql, proposal.leaf)
  if (!invitation?.lookup.equals(lookupOf(means, code))) return false
  if (item && isHolder(item, actor)) throw problem('taker-holds-already')
  // Of several takers all are of one organisation: it is one that will hold the item.
  const earlier = await findTakers(sql, proposal.leaf, party.id)
  return earlier.every(({ organisation }) => organisation !== null && organisation === actor.organisation)
}

/** A form that was sent before is answered as then; refused where it was another one. */
function repeated(means: Means, row: StepRow, register: string, wanted: Wanted): Entered {
  const { number, leaf, kind, step, tookEffect, proposal } = row
  const said = openStep(means, row)
  const isSame =
    row.register === register &&
    kind === wanted.kind &&
    row.party === wanted.party &&
    (wanted.number === undefined || wanted.number === number) &&
    (wanted.step ?? step) === step &&
    wanted.proposal === proposal?.toString('hex') &&
    (!said || JSON.stringify([said.fields, said.reason]) === JSON.stringify([wanted.values, wanted.reason]))
  if (!isSame) throw problem('step-form-reused')
  return { number, leaf, tookEffect, octets: 0 }
}
