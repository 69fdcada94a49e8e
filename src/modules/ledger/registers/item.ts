import type { FastifyRequest } from 'fastify'
import { drawCode } from '#identity'
import type { Installation } from '#platform'
import { getLog } from '../explorer/read.ts'
import { logs } from '../log/definitions.ts'
import { pathOf } from '../log/logs.ts'
import { findIndexes } from '../log/tiles.sql.ts'
import type { Register } from './definitions.ts'
import { isParty } from './parties.ts'
import { openItem } from './sealed.ts'
import {
  fieldsOf,
  getItem,
  isHoldable,
  itemPath,
  noteOf,
  type OpenItem,
  rulesOfRow,
  standingOfItem,
  stepOfPack,
  stepOfRules,
  titleOf,
} from './show.ts'
import { sinceOf } from './standing.rules.ts'
import { type StepRow, stepsShown } from './steps.sql.ts'
import type { HistoryLine, ItemData, Standing } from './types.ts'

type Means = Pick<Installation, 'sql' | 'pack' | 'vault' | 'now' | 'address'>

/** An item as everybody may see it: what it is worth, its public fields, and what happened to it; of people nothing. */
export async function readItem(
  installation: Means,
  request: FastifyRequest,
  at: { register: string; number: string },
): Promise<ItemData> {
  const open = await getItem(installation, at)
  const { register, item, rules, rows } = open
  const { parties } = rules.all.get(rules.current)!
  const address = installation.address + itemPath(register.id, item.number)
  return {
    ...{ register: noteOf(installation, register), number: item.number },
    standing: standingNow(installation, open),
    ...{ holdable: isHoldable(register), heldAs: item.folded.heldAs },
    fields: fieldsOf(register, openItem(installation, item), 'public'),
    history: await historyOf(installation, open),
    leadsOn: !request.person || parties.some((party) => isParty(request, party, item)),
    wholePath: installation.pack.list(logs).some(({ id, index }) => id === register.log && index)
      ? `${pathOf(register.log)}/history/${register.id}/${item.number}`
      : null,
    cut: rows.length >= stepsShown ? stepsShown : null,
    ...{ address, code: drawCode(address) },
  }
}

/** What an item is worth, with since when it is in its state. */
export function standingNow(installation: Pick<Installation, 'pack' | 'vault' | 'now'>, open: OpenItem): Standing {
  const { register, item, rows } = open
  const effects = rows
    .filter(({ tookEffect }) => tookEffect)
    .map((row) => ({ at: row.actedAt, to: stepOfRules(rulesOfRow(open, row), row.step).to }))
  return standingOfItem(installation, register, item, sinceOf(effects, item.folded.state))
}

/** Nobody holds anything and all who write are departments: then what was proposed and refused is of the timeline, too. */
const isTimeline = ({ parties }: Register) => parties.length > 1 && parties.every(({ is }) => is === 'organisation')

async function historyOf(installation: Means, { register, rows }: OpenItem): Promise<HistoryLine[]> {
  const all = isTimeline(register)
  const shown = rows.filter(({ tookEffect }) => all || tookEffect)
  const log = await getLog(installation, register.log)
  const places = await findIndexes(
    installation.sql,
    log.row.id,
    shown.map(({ leaf }) => leaf),
  )
  return shown.map((row, at) => {
    const index = places.get(at)
    return {
      leaf: row.leaf.toString('hex'),
      at: row.actedAt,
      kind: row.tookEffect ? 'done' : kinds[row.kind],
      title: row.tookEffect
        ? (stepOfPack(register, row.step)?.done ?? titleOf(register.steps, row.step))
        : titleOf(register.steps, row.step),
      parties: partiesBehind(row, rows).map((party) => titleOf(register.parties, party)),
      path: index !== undefined && index < log.size ? `${log.known.path}/entries/${index}` : null,
    }
  })
}

const kinds = { 'step-proposed': 'proposed', 'step-approved': 'approved', 'step-refused': 'refused' } as const

/** Of a step that took effect every party that approved it, in the order in which they did; of any other entry its own. */
function partiesBehind(row: StepRow, rows: readonly StepRow[]): string[] {
  if (!row.tookEffect || !row.proposal) return [row.party]
  const those = rows.filter(
    ({ leaf, proposal, kind }) =>
      kind !== 'step-refused' && (leaf.equals(row.proposal!) || (proposal?.equals(row.proposal!) ?? false)),
  )
  return [...new Set(those.toReversed().map(({ party }) => party))]
}
