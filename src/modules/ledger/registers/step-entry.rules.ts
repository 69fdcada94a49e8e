import { decodeUtf8, encodeUtf8 } from '../notes/encoding.rules.ts'
import { canonical, type Rules, readRules } from './rules.rules.ts'

/** Who is meant by a party that is no organisation of the rules. */
export type HeldAs = 'person' | 'organisation'

/**
 * One thing that was done to an item, as its log holds it: who it was and what they said stand in the commitment alone.
 * `who` is an HMAC by a salt of the proposal, so that one person counts once and nobody can tell who.
 */
export type StepEntry = {
  kind: 'step-proposed' | 'step-approved' | 'step-refused'
  register: string
  item: string
  step: string
  /** The organisation that says so; for a holder or taker, the one that keeps the register. */
  org: string
  party: string
  as?: HeldAs
  who: string
  /** The leaf of the entry that set the rules by which this is judged. */
  rules: string
  /** The leaf of the proposal that is approved or refused. */
  proposal?: string
  /** The leaf of the entry before, of the same item. */
  prev?: string
  commitment: string
  time: string
  v: 1
}

/** From here on these rules count for new proposals of the register. */
export type RulesEntry = {
  kind: 'rules-set'
  register: string
  org: string
  rules: Rules
  /** The leaf of the rules before. */
  prev?: string
  time: string
  v: 1
}

/** The octets of an entry of a register: RFC 8785. */
export const printStep = (entry: StepEntry | RulesEntry): Buffer => canonical(entry)

const hex = /^[0-9a-f]{64}$/
const word = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const isWord = (text: string) => text.length <= 60 && word.test(text)
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
export const itemPattern = '^[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}$'
const item = new RegExp(itemPattern)

/** What each member of a step must look like, and which of them may be missing. */
const members: Readonly<Record<keyof StepEntry, (value: string) => boolean>> = {
  kind: (value) => ['step-proposed', 'step-approved', 'step-refused'].includes(value),
  register: isWord,
  item: (value) => item.test(value),
  step: isWord,
  org: isWord,
  party: isWord,
  as: (value) => value === 'person' || value === 'organisation',
  who: (value) => hex.test(value),
  rules: (value) => hex.test(value),
  proposal: (value) => hex.test(value),
  prev: (value) => hex.test(value),
  commitment: (value) => hex.test(value),
  time: (value) => time.test(value) && Number.isFinite(Date.parse(value)),
  v: () => true,
}
const optional = new Set<string>(['as', 'proposal', 'prev'] satisfies (keyof StepEntry)[])

/** What an entry says of a register; undefined for any other entry, and for one in another spelling. */
export function parseStep(entry: Uint8Array): StepEntry | RulesEntry | undefined {
  // Most entries of a log are of other kinds: they are told apart before they are read.
  const text = decodeUtf8(entry)
  if (!text?.includes('"register":')) return undefined
  try {
    const read = JSON.parse(text) as StepEntry | RulesEntry
    if (read?.v !== 1 || !canonical(read).equals(encodeUtf8(text))) return undefined
    return read.kind === 'rules-set' ? asRules(read) : isStep(read) ? read : undefined
  } catch {
    return undefined
  }
}

function asRules(read: RulesEntry): RulesEntry | undefined {
  const { kind: _, register, org, rules, prev, time: at, v, ...more } = read
  const isOne =
    Object.keys(more).length === 0 &&
    [register, org].every((each) => typeof each === 'string' && isWord(each)) &&
    (prev === undefined || (typeof prev === 'string' && members.prev(prev))) &&
    typeof at === 'string' &&
    members.time(at) &&
    v === 1
  return isOne && readRules(rules) ? read : undefined
}

function isStep(read: object): read is StepEntry {
  const given = Object.entries(read)
  const names = Object.keys(members) as (keyof StepEntry)[]
  return (
    given.every(([name]) => Object.hasOwn(members, name)) &&
    names.every((name) => {
      const value = (read as Record<string, unknown>)[name]
      if (value === undefined) return optional.has(name)
      return name === 'v' || (typeof value === 'string' && members[name](value))
    })
  )
}
