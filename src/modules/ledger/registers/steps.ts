import type { FastifyRequest } from 'fastify'
import { findOrganisation, nameForOthers, namesOf } from '#identity'
import type { Installation, Text } from '#platform'
import { secondOf } from '../entries/envelope.rules.ts'
import { pathOf } from '../log/logs.ts'
import type { Register } from './definitions.ts'
import { isOpenTo, missingOf, type Open, waitingAt } from './fold.rules.ts'
import { standingNow } from './item.ts'
import { isHolder, isOfficerOf, isParty, keepRegister } from './parties.ts'
import { problem } from './problems.ts'
import { partiesOf } from './rules.rules.ts'
import { openItem, openStep } from './sealed.ts'
import {
  approvalOf,
  fieldsOf,
  getItem,
  isHoldable,
  itemPath,
  noteOf,
  type OpenItem,
  partyOfRules,
  stepOfPack,
  stepOfRules,
  titleOf,
} from './show.ts'
import { findStep, listInvited, lostActor, type StepRow, stepsShown } from './steps.sql.ts'
import type { EntryNote, Proposal, StepsData } from './types.ts'

type Means = Pick<Installation, 'sql' | 'pack' | 'vault' | 'now'>

/** An item for one of its parties. Refuses everybody else with `not-a-party`. */
export async function getItemOfParty(
  installation: Means,
  request: FastifyRequest,
  at: { register: string; number: string },
): Promise<OpenItem> {
  const open = await getItem(installation, at)
  const { parties } = open.rules.all.get(open.rules.current)!
  if (!parties.some((party) => isParty(request, party, open.item))) throw problem('not-a-party')
  return open
}

/** Everything of an item that a party of it may see and do. `entered` is the leaf of what they entered just now. */
export async function readSteps(
  installation: Means,
  request: FastifyRequest,
  at: { register: string; number: string },
  entered?: string,
): Promise<StepsData> {
  const open = await getItemOfParty(installation, request, at)
  const { register, item, rows } = open
  const names = await namesFor(installation, request, rows)
  const entries = rows.map((row) => entryNote(installation, open, row, names))
  return {
    ...{ register: noteOf(installation, register), number: item.number, path: itemPath(register.id, item.number) },
    standing: standingNow(installation, open),
    holdable: isHoldable(register),
    holder: await holderOf(installation, request, open),
    fields: fieldsOf(register, openItem(installation, item)),
    proposals: await readProposals(installation, request, open, names),
    offers: item.content === null ? [] : offersOf(request, open),
    ...{ entries, shown: stepsShown },
    mayErase:
      (item.isLost || (item.content !== null && waitingAt(item.folded, secondOf(installation.now())).length === 0)) &&
      isOfficerOf(request, register.keeper),
    entered: entries.find(({ leaf, by }) => leaf === entered && by.me) ?? null,
  }
}

type Names = (row: StepRow) => { party: Text; name: Text | null; me: boolean }

/**
 * Who acted, for who asks: themselves, colleagues of their organisation by name, and for officers also the people and companies
 * that hold an item. Of everybody else only for which party they acted.
 */
async function namesFor(installation: Means, request: FastifyRequest, rows: readonly StepRow[]) {
  const { sql } = installation
  const person = request.person!
  const me = ({ actedBy, organisation }: StepRow) =>
    actedBy === person.id && organisation === (person.organisation ?? null)
  const isColleague = ({ organisation }: StepRow) => organisation !== null && organisation === person.organisation
  const colleagues = await namesOf(
    sql,
    rows.filter(isColleague).map(({ actedBy }) => actedBy),
  )
  const others = new Map<string, Text>()
  const isOfficer = person.permissions.includes(keepRegister)
  for (const { actedBy, organisation } of isOfficer ? rows : []) {
    const id = organisation ?? actedBy
    if (others.has(id)) continue
    const name = await nameOfHolder(installation, id, organisation === null ? 'person' : 'organisation')
    if (name) others.set(id, name)
  }
  return ({ parties }: Register): Names =>
    (row) => ({
      party: titleOf(parties, row.party),
      name: row.actedBy.startsWith('program/')
        ? program
        : ((isColleague(row) ? colleagues.get(row.actedBy) : others.get(row.organisation ?? row.actedBy)) ?? null),
      me: me(row),
    })
}

const program: Text = { en: 'a program', 'zh-Hant': '程式' }

async function nameOfHolder(installation: Means, id: string, as: 'person' | 'organisation'): Promise<Text | undefined> {
  if (as === 'organisation') return (await findOrganisation(installation, id))?.name
  const name = (await namesOf(installation.sql, [id])).get(id)
  return name && nameForOthers(installation.sql, installation as Installation, { id, name })
}

async function holderOf(
  installation: Means,
  request: FastifyRequest,
  { item }: OpenItem,
): Promise<StepsData['holder']> {
  const { holder, folded } = item
  if (holder === null || folded.heldAs === null) return null
  if (isHolder(item, request.person!)) return { name: null, me: true }
  return { name: (await nameOfHolder(installation, holder, folded.heldAs)) ?? null, me: false }
}

function entryNote(
  installation: Means,
  { register }: OpenItem,
  row: StepRow,
  names: Awaited<ReturnType<typeof namesFor>>,
): EntryNote {
  const content = openStep(installation, row)
  const leaf = row.leaf.toString('hex')
  return {
    ...{ leaf, kind: row.kind, step: titleOf(register.steps, row.step), by: names(register)(row) },
    ...{ at: row.actedAt, tookEffect: row.tookEffect, reason: content?.reason ?? '' },
    fields: content ? fieldsOf(register, content.fields) : null,
    lost: row.actedBy === lostActor,
    path: `${pathOf(register.log)}/leaves/${leaf}`,
  }
}

/** Proposals that wait, for a party: what is proposed, who approved it, what is missing, and what they may do. */
async function readProposals(
  installation: Means,
  request: FastifyRequest,
  open: OpenItem,
  names: Awaited<ReturnType<typeof namesFor>>,
): Promise<Proposal[]> {
  const { item, rows } = open
  const invited = await listInvited(installation.sql, item.register, item.number)
  const shown: Proposal[] = []
  for (const each of item.folded.open) {
    const leaf = Buffer.from(each.proposal, 'hex')
    const row = rows.find((one) => one.leaf.equals(leaf)) ?? (await findStep(installation.sql, leaf))!
    const answers = [row, ...rows.filter(({ proposal, kind }) => proposal?.equals(leaf) && kind === 'step-approved')]
    const isInvited = invited.some((one) => one.equals(leaf))
    shown.push(proposalOf(installation, request, open, { open: each, row, answers, names, invited: isInvited }))
  }
  return shown
}

type Waiting = {
  open: Open
  row: StepRow
  /** The proposal and its approvals. */
  answers: StepRow[]
  names: Awaited<ReturnType<typeof namesFor>>
  invited: boolean
}

function proposalOf(
  installation: Means,
  request: FastifyRequest,
  { register, rules: all, item }: OpenItem,
  { open, row, answers, names, invited }: Waiting,
): Proposal {
  const rules = all.all.get(open.rules)!
  const step = stepOfRules(rules, open.step)
  const missing = missingOf(step, open, rules, item.folded.heldAs)
  const mine = (party: string) => {
    const found = partyOfRules(rules, party)
    return found !== undefined && isParty(request, found, item)
  }
  const person = request.person!
  const late = secondOf(installation.now()) > open.until
  const approvedBefore = answers.some(({ actedBy }) => actedBy === person.id)
  const approve = missing.flatMap((needs) => needs.map(({ party }) => party)).find(mine)
  const content = openStep(installation, row)
  return {
    ...{ leaf: open.proposal, path: `${itemPath(register.id, item.number)}/proposals/${open.proposal}` },
    ...{ step: titleOf(register.steps, step.id), to: titleOf(register.states, step.to), passes: step.passes },
    harm: stepOfPack(register, step.id)?.harm ?? false,
    ...{ at: row.actedAt, until: open.until, late },
    by: answers.toSorted((one, other) => one.place - other.place).map(names(register)),
    ...{ fields: fieldsOf(register, content?.fields ?? {}), reason: content?.reason ?? '' },
    missing: missing.map((needs) => needs.map((need) => approvalOf(register, need))),
    approve: !late && !approvedBefore && item.content !== null ? (approve ?? null) : null,
    refuse: late ? null : (partiesOf(step).find(mine) ?? null),
    mine: row.actedBy === person.id,
    letter: invited && !late && mine(row.party),
  }
}

/** One proposal, for who may answer it. */
export async function getProposal(
  installation: Means,
  request: FastifyRequest,
  { proposal, ...at }: { register: string; number: string; proposal: string },
): Promise<OpenItem & { proposal: Proposal }> {
  const open = await getItemOfParty(installation, request, at)
  const names = await namesFor(installation, request, open.rows)
  const found = (await readProposals(installation, request, open, names)).find(({ leaf }) => leaf === proposal)
  if (!found) throw problem('proposal-closed')
  return { ...open, proposal: found }
}

/** A proposal as its code shows it to whoever holds that: no names, and nothing to do but answer as the taker. */
export async function readInvited(
  installation: Means,
  request: FastifyRequest,
  open: OpenItem,
  row: StepRow,
): Promise<{ proposal: Proposal; party: { id: string; title: Text }; proposer: Text } | undefined> {
  const { register, rules: all, item, rows } = open
  const leaf = row.leaf.toString('hex')
  const waiting = waitingAt(item.folded, secondOf(installation.now())).find(({ proposal }) => proposal === leaf)
  if (!waiting) return undefined
  const taker = all.all.get(waiting.rules)!.parties.find(({ is }) => is === 'taker')
  if (!taker) return undefined
  const answers = rows.filter(({ proposal, kind }) => proposal?.equals(row.leaf) && kind === 'step-approved')
  const names =
    ({ parties }: Register): Names =>
    ({ party }) => ({ party: titleOf(parties, party), name: null, me: false })
  return {
    proposal: proposalOf(installation, request, open, {
      ...{ open: waiting, row, answers: [row, ...answers], names, invited: false },
    }),
    party: { id: taker.id, title: titleOf(register.parties, taker.id) },
    proposer: titleOf(register.parties, row.party),
  }
}

/** The steps that a person can propose now, each for a party that they are. */
function offersOf(request: FastifyRequest, { register, rules, item }: OpenItem): StepsData['offers'] {
  const current = rules.all.get(rules.current)!
  // One that is not begun yet waits for its approvals, and begins once.
  if (item.folded.state === null) return []
  return current.steps
    .filter((step) => isOpenTo(step, item.folded))
    .flatMap((step) =>
      partiesOf(step)
        .filter((id) => isParty(request, partyOfRules(current, id)!, item))
        .map((party) => ({
          ...{ step: step.id, party, title: titleOf(register.steps, step.id), as: titleOf(register.parties, party) },
          harm: stepOfPack(register, step.id)?.harm ?? false,
        })),
    )
}

/** The parties for which a person can propose this step of an item, or of a new one. */
export function partiesToPropose(
  request: FastifyRequest,
  { register, rules, item }: Pick<OpenItem, 'register' | 'rules'> & { item: OpenItem['item'] | undefined },
  stepId: string,
): { id: string; title: Text }[] {
  const current = rules.all.get(rules.current)!
  const step = current.steps.find(({ id }) => id === stepId)
  const isOpen = step && item?.folded.state !== null && isOpenTo(step, item?.folded)
  if (!isOpen) return []
  return partiesOf(step)
    .filter((id) => isParty(request, partyOfRules(current, id)!, item))
    .map((id) => ({ id, title: titleOf(register.parties, id) }))
}
