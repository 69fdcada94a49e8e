import type { Module, Organisation, Pack, Text } from '#platform'
import type { Head } from '../documents/head.ts'
import { type Initiative, initiatives, type System, systems } from './definitions.ts'

/** An organisation as pages name it, with its successor where it has one. */
export type OwnerNote = { id: string; name: Text; successor: { name: Text; on: string } | null }

/** A module that runs a system, or will. */
export type ModuleNote = { name: string; running: boolean; address: string | null }

/** Where the money of an initiative stands in the budget. */
export type BudgetLine = { path: string; programme: number; programmeName: Text; subhead: string; item: string | null; inferred: boolean }

export type InitiativeNote = {
  id: string
  path: string
  document: { year: string; head: string }
  name: Text
  status: Initiative['status']
  statusLine: number
  line: BudgetLine
}

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

export function describeModules(running: readonly Module[], names: readonly string[]): ModuleNote[] {
  return names.map((name) => {
    const module = running.find((each) => each.name === name)
    return { name, running: module !== undefined, address: module?.address ?? null }
  })
}

export const addressOf = ({ document, id }: Pick<Initiative, 'document' | 'id'>): string => `/initiatives/${document}/${id}`

/** An initiative with the way back to its line of the budget. `head` gives the programme its printed name. */
export function describeInitiative(initiative: Initiative, head: Head | undefined): InitiativeNote {
  const { id, document, name, status, statusLine } = initiative
  const [year, number] = document.split('/') as [string, string]
  return { id, path: addressOf(initiative), document: { year, head: number }, name, status, statusLine, line: lineOf(initiative, head) }
}

function lineOf({ document, programme, drawsOn }: Initiative, head: Head | undefined): BudgetLine {
  const printed = head?.document.programmes.find((each) => each.number === programme)?.name
  const programmeName = head?.names[`programme:${programme}`] ?? both(printed ?? `${programme}`)
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

/** A printed name for which the pack has no translation: it stands in every language as it was printed. */
export const both = (printed: string): Text => ({ en: printed, 'zh-Hant': printed })

/** Initiatives and systems of one document's lines: what the live margin shows beside line `n`. */
export function initiativesByLine(pack: Pack, document: string): Map<number, { initiative: Initiative; systems: System[] }> {
  const all = new Map(pack.list(systems).map((system) => [system.id, system]))
  const byLine = new Map<number, { initiative: Initiative; systems: System[] }>()
  for (const initiative of pack.list(initiatives)) {
    if (initiative.document !== document) continue
    const own = initiative.systems.flatMap((id) => all.get(id) ?? [])
    for (const { line } of initiative.matters) byLine.set(line, { initiative, systems: own })
  }
  return byLine
}
