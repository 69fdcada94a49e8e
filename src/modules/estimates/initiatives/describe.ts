import { type Static, type TSchema, Type } from 'typebox'
import type { Organisation, Pack } from '#pack'
import { type Module, Text } from '#platform'
import type { Head } from '../documents/head.ts'
import { type Initiative, Status, type System } from './definitions.ts'
import { BudgetLine, lineOf } from './money.rules.ts'

/** What may be absent, as JSON says it. */
export const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()])

/** An organisation as pages name it, with its successor where it has one. */
export type OwnerNote = Static<typeof OwnerNote>
export const OwnerNote = Type.Object({
  id: Type.String(),
  name: Text,
  successor: orNull(Type.Object({ name: Text, on: Type.String() })),
})

/** A module that runs a system, or will. */
export type ModuleNote = Static<typeof ModuleNote>
export const ModuleNote = Type.Object({ name: Type.String(), running: Type.Boolean(), address: orNull(Type.String()) })

export type InitiativeNote = Static<typeof InitiativeNote>
export const InitiativeNote = Type.Object({
  id: Type.String(),
  path: Type.String(),
  document: Type.Object({ year: Type.String(), head: Type.String() }),
  name: Text,
  status: Status,
  statusLine: Type.Integer(),
  line: BudgetLine,
})

export function describeOwner(pack: Pack, id: string): OwnerNote {
  const find = (wanted: string): Organisation | undefined => pack.organisations.find((each) => each.id === wanted)
  const owner = find(id)
  if (!owner) throw new Error(`The pack has no organisation ${id}, though it was checked`)
  const successor = owner.successor && find(owner.successor.organisation)
  return {
    id,
    name: owner.name,
    successor: successor && owner.successor ? { name: successor.name, on: owner.successor.on } : null,
  }
}

export function describeModules(
  running: readonly Module[],
  { runs, modules, address }: Pick<System, 'runs' | 'modules' | 'address'>,
): ModuleNote[] {
  return modules.map((name) => {
    const module = running.find((each) => each.name === name)
    // A module may hold more than one system; then the pack tells where this one is.
    return { name, running: runs === true && module !== undefined, address: address ?? module?.address ?? null }
  })
}

export const addressOf = ({ document, id }: Pick<Initiative, 'document' | 'id'>): string =>
  `/initiatives/${document}/${id}`

/** An initiative with the way back to its line of the budget. `head` gives it the names and amounts. */
export function describeInitiative(pack: Pack, initiative: Initiative, head: Head | undefined): InitiativeNote {
  const { id, document, name, status, statusLine } = initiative
  const [year, number] = document.split('/') as [string, string]
  const line = lineOf(pack, initiative, head)
  return { id, path: addressOf(initiative), document: { year, head: number }, name, status, statusLine, line }
}
