import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'

/** What an output log holds: up to which size of which log an index is complete, and the roots of both, in hex. */
export type RootEntry = { kind: 'index-root'; log: string; map: string; root: string; size: number; v: 1 }

/** RFC 8785, as the members stand in the order of their names. */
export const printRoot = ({ log, map, root, size }: Omit<RootEntry, 'kind' | 'v'>): Buffer =>
  encodeUtf8(JSON.stringify({ kind: 'index-root', log, map, root, size, v: 1 }))

const hex = /^[0-9a-f]{64}$/

/** Undefined for what is none, or is in another spelling. */
export function parseRoot(octets: Uint8Array): RootEntry | undefined {
  const text = decodeUtf8(octets)
  if (text === undefined) return undefined
  try {
    const read = JSON.parse(text) as RootEntry
    const { kind, log, map, root, size } = read
    const isOne =
      kind === 'index-root' &&
      typeof log === 'string' &&
      [map, root].every((each) => typeof each === 'string' && hex.test(each)) &&
      Number.isSafeInteger(size) &&
      size >= 0
    return isOne && printRoot(read).equals(octets) ? read : undefined
  } catch {
    return undefined
  }
}
