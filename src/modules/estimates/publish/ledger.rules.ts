import type { Cell, Identity } from '../types.ts'
import type { HeadData } from './head-data.ts'

export const outcomeOrder = ['fails', 'explained', 'rounding', 'holds', 'unknown'] as const

/** Entries of one page of the ledger. A Head as the Estimates print it has fewer. */
export const entriesShown = 200

/** Identities in the order of the ledger: by kind, those that fail first. */
export function ledgerOf(identities: readonly Identity[], outcome: Identity['outcome'] | null): Identity[] {
  const sorted = identities
    .filter((each) => outcome === null || each.outcome === outcome)
    .toSorted((one, other) => outcomeOrder.indexOf(one.outcome) - outcomeOrder.indexOf(other.outcome))
  return [...Map.groupBy(sorted, ({ kind }) => kind).values()].flat()
}

/** Numbers that the source lost: they stand below the identities. */
export const recoveredOf = ({ document }: Pick<HeadData, 'document'>): Cell[] =>
  document.cells.filter(({ status }) => status !== 'printed')

export const ofPage = <Entry>(entries: readonly Entry[], page: number): Entry[] =>
  entries.slice((page - 1) * entriesShown, page * entriesShown)

type Wanted = { outcome: Identity['outcome'] | null; page?: number | undefined; identity?: string | undefined }

/** The page that is asked for, or that of an identity; the last one where there are not so many. */
export function ledgerPage(data: HeadData, { outcome, page = 1, identity }: Wanted): { page: number; pages: number } {
  const all = ledgerOf(data.identities, outcome)
  const length = Math.max(all.length, outcome === null ? recoveredOf(data).length : 0)
  const pages = Math.max(1, Math.ceil(length / entriesShown))
  const at = identity === undefined ? -1 : all.findIndex(({ id }) => id === identity)
  return { pages, page: at < 0 ? Math.min(page, pages) : Math.floor(at / entriesShown) + 1 }
}

/** The address of an identity in the ledger; of a ledger of several pages, the one where it stands. */
export const identityPath = ({ year, head, identities }: HeadData, id: string): string =>
  `/estimates/${year}/${head}/checks${identities.length > entriesShown ? `?identity=${encodeURIComponent(id)}` : ''}#${identityAnchor(id)}`

/** The anchor of an identity in the ledger; ids hold signs that an address would have to escape. */
export const identityAnchor = (id: string): string => id.replace(/[^a-zA-Z0-9-]+/g, '_')
