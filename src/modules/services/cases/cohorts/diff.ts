import type { Installation } from '#platform'
import type { Plan } from './plan.ts'

type Redecided = Plan & { state: 'planned'; kind: 'redecide' }
export type Diff = Pick<Redecided, 'before' | 'after'>

const contextOf = (cohort: string, reference: string) => `cohort/${cohort}/${reference}`

/** A decision before and after, sealed: it says what somebody gets. */
export const sealDiff = (
  { vault }: Pick<Installation, 'vault'>,
  cohort: string,
  reference: string,
  { before, after }: Diff,
) => vault.seal('cohort', JSON.stringify({ before, after }), contextOf(cohort, reference))

export const openDiff = (
  { vault }: Pick<Installation, 'vault'>,
  cohort: string,
  reference: string,
  sealed: Buffer,
): Diff => JSON.parse(vault.open('cohort', sealed, contextOf(cohort, reference)).toString()) as Diff

const keyOf = ({ step, reasons }: Diff['before']) => [step, ...reasons.toSorted()].join(' ')

/** Step and reasons of a key. */
export const readKey = (key: string) => {
  const [step = '', ...reasons] = key.split(' ')
  return { step, reasons }
}

const numbersOf = ({ noted }: Diff['before']) => Object.values(noted).filter((value) => typeof value === 'number')

/** What is counted of a change, in clear: step and reasons before and after, and whether more or less is given. */
export function keysOf({ before, after }: Diff) {
  const [was, now] = [numbersOf(before)[0], numbersOf(after)[0]]
  const amount = was === undefined || now === undefined ? null : now > was ? 'more' : now < was ? 'less' : 'same'
  return { beforeKey: keyOf(before), afterKey: keyOf(after), amount } as const
}
