import { type Static, type TSchema, Type } from 'typebox'
import type { Organisation, Pack } from '#pack'
import { type Module, Text } from '#platform'
import type { Head } from '../documents/head.ts'
import { type Initiative, Status, type System } from './definitions.ts'

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

/** Where the money of an initiative stands in the budget. `inferred`: the document does not say so. */
export type BudgetLine = Static<typeof BudgetLine>
export const BudgetLine = Type.Object({
  path: Type.String(),
  programme: Type.Integer(),
  programmeName: Text,
  subhead: Type.String(),
  item: orNull(Type.String()),
  inferred: Type.Boolean(),
})

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

/** An initiative with the way back to its line of the budget. `head` gives the programme its printed name. */
export function describeInitiative(initiative: Initiative, head: Head | undefined): InitiativeNote {
  const { id, document, name, status, statusLine } = initiative
  const [year, number] = document.split('/') as [string, string]
  const line = lineOf(initiative, head)
  return { id, path: addressOf(initiative), document: { year, head: number }, name, status, statusLine, line }
}

function lineOf({ document, programme, drawsOn }: Initiative, head: Head | undefined): BudgetLine {
  const printed = head?.document.programmes.find((each) => each.number === programme)?.name ?? `${programme}`
  // A printed name for which the pack has no translation stands in every language as it was printed.
  const programmeName = head?.names[`programme:${programme}`] ?? { en: printed, 'zh-Hant': printed }
  const path = drawsOn.item
    ? `/estimates/${document}/commitments#commitment-${drawsOn.item}`
    : `/estimates/${document}/programmes/${programme}`
  return {
    path,
    programme,
    programmeName,
    subhead: drawsOn.subhead,
    item: drawsOn.item ?? null,
    inferred: drawsOn.line === undefined,
  }
}
