import { hash } from 'node:crypto'
import type { Installation } from '#platform'
import { commitmentOf } from '../proofs/commitment.rules.ts'
import type { RegisterRules } from './fold.rules.ts'
import type { ItemRow, StepLine } from './registers.sql.ts'
import { canonical } from './rules.rules.ts'
import { openItem, openSalt, openStep, type StepContent, type Values } from './sealed.ts'
import { parseStep, type StepEntry } from './step-entry.rules.ts'

type Means = Pick<Installation, 'vault'>
type Proposed = { fields: Values; taker?: string }

/** What the steps of a register make of the fields and the holder of its items, from what their entries were committed to. */
export type Contents = ReturnType<typeof openContents>

/**
 * Takes the steps of a register, item by item, each item’s in their order, and computes what each item holds and who holds it.
 * What is kept of an item is one hash, so that it is done in little memory for any number of items.
 */
export function openContents(means: Means, { all }: Pick<RegisterRules, 'all'>) {
  const computed = new Map<string, string>()
  const untrue = new Set<string>()
  let number = ''
  let values: Values = {}
  let holder: string | null = null
  let proposals = new Map<string, Proposed>()

  function end(): void {
    if (number !== '') computed.set(number, hashOf(values, holder))
  }

  /** Whoever passed an item on made the taker its holder: the organisation for which they acted, or themselves. */
  function effect({ fields, taker }: Proposed, passes: boolean): void {
    values = Object.fromEntries(Object.entries({ ...values, ...fields }).filter(([, value]) => value !== ''))
    if (passes) holder = taker ?? null
  }

  return {
    take(row: StepLine): void {
      if (row.number !== number) {
        end()
        ;({ number } = row)
        values = {}
        holder = null
        proposals = new Map()
      }
      // Of one that was erased or lost nothing can be computed, and nothing is held.
      if (row.salt === null || row.content === null) return
      const entry = parseStep(row.entry)
      const content = entry && entry.kind !== 'rules-set' && contentOf(means, row, entry)
      if (!content) {
        untrue.add(number)
        return
      }
      const rules = all.get(entry.rules)
      const step = rules?.steps.find(({ id }) => id === row.step)
      const isTaker = rules?.parties.find(({ id }) => id === row.party)?.is === 'taker'
      const proposed: Proposed =
        row.proposal === null ? { fields: content.fields } : (proposals.get(row.proposal) ?? { fields: {} })
      if (isTaker && row.kind !== 'step-refused') proposed.taker ??= content.organisation ?? content.person
      proposals.set(row.proposal ?? row.leaf, proposed)
      if (row.tookEffect && step) effect(proposed, step.passes)
    },
    end,
    /** Whether the row of an item holds something else, or one of its steps says what its entry was not committed to. */
    isOther(row: Pick<ItemRow, 'register' | 'number' | 'content' | 'holder'>): boolean {
      if (untrue.has(row.number)) return true
      if (row.content === null) return false
      const values = openOrNot(() => openItem(means, row))
      return !values || computed.get(row.number) !== hashOf(values, row.holder)
    },
  }
}

/** What a step was committed to; undefined where its entry, or its row, says something else. */
function contentOf(means: Means, row: StepLine, entry: StepEntry): StepContent | undefined {
  const leaf = Buffer.from(row.leaf, 'hex')
  const opened = openOrNot(() => ({
    salt: openSalt(means, { ...row, leaf }),
    content: openStep(means, { ...row, leaf })!,
  }))
  if (!opened) return undefined
  const { salt, content } = opened
  const isTrue =
    commitmentOf(canonical(content), salt) === entry.commitment &&
    content.person === row.actedBy &&
    content.organisation === row.organisation
  return isTrue ? content : undefined
}

/** What is sealed opens only as it was sealed, and where. */
function openOrNot<Opened>(open: () => Opened): Opened | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

const hashOf = (values: Values, holder: string | null): string => hash('sha256', canonical([values, holder]).toString())
