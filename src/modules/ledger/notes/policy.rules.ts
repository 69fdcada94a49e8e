import { Fault } from '../faults.ts'
import { isSame } from '../tree/tree.rules.ts'
import type { Checkpoint } from './checkpoint.rules.ts'
import { decodeUtf8 } from './encoding.rules.ts'
import { isSameKey, parseVerifierKey, type VerifierKey } from './keys.rules.ts'
import { openCheckpoint, type Signed } from './open.rules.ts'

/** C2SP tlog-policy: which logs count, and how many of whom must have cosigned. */
export type Policy = { logs: readonly Party[]; witnesses: readonly Witness[]; quorum: Quorum }
export type Party = { key: VerifierKey; url?: string }
export type Witness = Party & { name: string }

/** `none`, one witness by its name, or a number of the members. */
export type Quorum = 'none' | Member
export type Member = { witness: string } | { name: string; least: number; members: readonly Member[] }

// C2SP tlog-policy, Implementation limits: 32 of each at least.
const limits = { log: 128, witness: 128, group: 128 }
export const policyBytesMax = 1_048_576

/** The policy that asks for the signature of one log and for nobody else's. */
export const policyOfKey = (key: VerifierKey): Policy => policyOfKeys([key])

/** The same for a log with several keys: a signature by one of them is enough. */
export const policyOfKeys = (keys: readonly VerifierKey[]): Policy => ({
  logs: keys.map((key) => ({ key })),
  witnesses: [],
  quorum: 'none',
})

type Reading = {
  logs: Party[]
  witnesses: Witness[]
  /** Witnesses and groups share one space of names; `used` are those that a group has. */
  named: Map<string, Member>
  used: Set<string>
  groups: number
  quorum?: Quorum
}

/** Reads a policy strictly: every fault has its line. */
export function parsePolicy(bytes: Uint8Array): Policy {
  if (bytes.length > policyBytesMax) throw new Fault('policy-large', { max: policyBytesMax })
  const reading: Reading = { logs: [], witnesses: [], named: new Map(), used: new Set(), groups: 0 }
  // C2SP tlog-policy, Character set: names are octets, so one character stands for each of them here.
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  for (const [at, line] of lines.entries()) {
    const number = at + 1
    if (/[^\t\x20-\x7e\x80-\xff]/.test(line)) throw new Fault('policy-character', { line: number })
    const [word = '', ...rest] = line.split(/[ \t]+/).filter((each) => each !== '')
    if (word === '' || word.startsWith('#')) continue
    const read = Object.hasOwn(statements, word) ? statements[word] : undefined
    if (!read) throw new Fault('policy-word', { line: number, word: shown(word) })
    read(reading, rest, number)
  }
  const { logs, witnesses, quorum } = reading
  if (quorum === undefined) throw new Fault('policy-no-quorum')
  return { logs, witnesses, quorum }
}

const statements: Readonly<Record<string, (reading: Reading, words: readonly string[], line: number) => void>> = {
  /** C2SP tlog-policy, Defining a log. */
  log({ logs }, [vkey, url, ...more], line) {
    if (vkey === undefined || more.length > 0) throw new Fault('policy-form', { line })
    const key = keyOf(vkey, line)
    if (key.kind === 'ed25519-cosignature') throw new Fault('policy-kind', { line })
    refuseTwice(logs, key, line)
    if (logs.length >= limits.log) throw new Fault('policy-many', { line, max: limits.log })
    logs.push({ key, ...(url !== undefined && { url: shown(url) }) })
  },

  /** C2SP tlog-policy, Defining a witness. */
  witness({ witnesses, named }, [name, vkey, url, ...more], line) {
    if (name === undefined || vkey === undefined || more.length > 0) throw new Fault('policy-form', { line })
    const key = keyOf(vkey, line)
    if (key.kind === 'ed25519') throw new Fault('policy-kind', { line })
    refuseTwice(witnesses, key, line)
    if (witnesses.length >= limits.witness) throw new Fault('policy-many', { line, max: limits.witness })
    define(named, name, { witness: name }, line)
    witnesses.push({ name, key, ...(url !== undefined && { url: shown(url) }) })
  },

  /** C2SP tlog-policy, Defining a witness group. */
  group(reading, [name, count, ...members], line) {
    if (name === undefined || count === undefined || members.length === 0) throw new Fault('policy-form', { line })
    const least =
      count === 'any' ? 1 : count === 'all' ? members.length : /^[1-9]\d{0,3}$/.test(count) ? Number(count) : 0
    if (least < 1 || least > members.length) throw new Fault('policy-count', { line, members: members.length })
    const found = members.map((member) => {
      const known = reading.named.get(member)
      if (!known) throw new Fault('policy-unknown', { line, name: shown(member) })
      // Else one witness could count twice.
      if (reading.used.has(member)) throw new Fault('policy-used', { line, name: shown(member) })
      reading.used.add(member)
      return known
    })
    reading.groups += 1
    if (reading.groups > limits.group) throw new Fault('policy-many', { line, max: limits.group })
    define(reading.named, name, { name, least, members: found }, line)
  },

  /** C2SP tlog-policy, Defining the quorum. */
  quorum(reading, [name, ...more], line) {
    if (name === undefined || more.length > 0) throw new Fault('policy-form', { line })
    if (reading.quorum !== undefined) throw new Fault('policy-quorums', { line })
    const quorum = name === 'none' ? 'none' : reading.named.get(name)
    if (quorum === undefined) throw new Fault('policy-unknown', { line, name: shown(name) })
    reading.quorum = quorum
  },
}

/** Who signed a checkpoint that a policy accepts. */
export type Accepted = {
  checkpoint: Checkpoint
  logs: readonly Signed[]
  witnesses: readonly (Signed & { name: string })[]
}

/**
 * Opens a checkpoint by a policy: signed by one of its logs, whose key bears the origin as its name, and cosigned as its
 * quorum says. Anything less is a fault.
 */
export function openByPolicy(bytes: Uint8Array, { logs, witnesses, quorum }: Policy): Accepted {
  const keys = [...logs, ...witnesses].map(({ key }) => key)
  const { checkpoint, signed } = openCheckpoint(bytes, keys)
  const by = (party: Party) => signed.filter(({ key }) => isSameKey(key, party.key))
  const byLogs = logs.flatMap(by).filter(({ key }) => key.name === checkpoint.origin)
  if (byLogs.length === 0) throw new Fault('policy-other-log', { origin: checkpoint.origin })
  const cosigned = witnesses.flatMap((witness) => by(witness).map((each) => ({ ...each, name: shown(witness.name) })))
  const names = new Set(witnesses.filter((witness) => by(witness).length > 0).map(({ name }) => name))
  if (!isQuorum(quorum, names)) throw new Fault('policy-few', { found: cosigned.length })
  return { checkpoint, logs: byLogs, witnesses: cosigned }
}

/** Whether the witnesses of these names are enough. */
export function isQuorum(quorum: Quorum, names: ReadonlySet<string>): boolean {
  if (quorum === 'none') return true
  if ('witness' in quorum) return names.has(quorum.witness)
  return quorum.members.filter((member) => isQuorum(member, names)).length >= quorum.least
}

function keyOf(vkey: string, line: number): VerifierKey {
  try {
    return parseVerifierKey(decodeUtf8(octets(vkey)) ?? '')
  } catch (error) {
    if (error instanceof Fault) throw new Fault('policy-key', { line })
    throw error
  }
}

/** C2SP tlog-policy, Public key representation: two keys are one if what they wrap is, whatever their names. */
function refuseTwice(parties: readonly Party[], key: VerifierKey, line: number): void {
  if (parties.some((each) => isSame(each.key.publicKey, key.publicKey))) throw new Fault('policy-twice', { line })
}

function define(named: Map<string, Member>, name: string, member: Member, line: number): void {
  if (name === 'none' || named.has(name)) throw new Fault('policy-name', { line, name: shown(name) })
  named.set(name, member)
}

const octets = (text: string) => Buffer.from(text, 'latin1')

/** For people: the octets of a name as UTF-8. */
const shown = (text: string) => octets(text).toString('utf8')
