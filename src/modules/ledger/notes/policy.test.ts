// C2SP tlog-policy: what a policy says, and which checkpoints satisfy it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault, type FaultCode } from '../faults.ts'
import { faultOf } from '../testing/faults.ts'
import { aSigner, missingLattice } from '../testing/keys.ts'
import { emptyRoot } from '../tree/tree.rules.ts'
import { printCheckpoint } from './checkpoint.rules.ts'
import { cosign } from './cosignature.rules.ts'
import { makeVerifierKey, printVerifierKey, type Signer } from './keys.rules.ts'
import { printNote, signText } from './note.rules.ts'
import { openByPolicy, parsePolicy, policyBytesMax, policyOfKey } from './policy.rules.ts'

const text = printCheckpoint({ origin: 'example.com/log', size: 0n, root: emptyRoot, extensions: [] })
const log = aSigner()
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'] as const
const witnesses = new Map(names.map((name) => [name, aSigner(`${name}.example`, 'ed25519-cosignature')] as const))
const vkey = ({ key }: Signer) => printVerifierKey(key)
const lineOf = (name: (typeof names)[number]) => `witness ${name} ${vkey(witnesses.get(name)!)}`
const read = (...lines: string[]) => parsePolicy(Buffer.from(`${lines.join('\n')}\n`))

/** The example of the specification. */
const example = [
  `log ${vkey(log)} https://log.example/`,
  '',
  '  # Two organisations.',
  ...names.slice(0, 3).map(lineOf),
  'group X-witnesses 2 X1 X2 X3',
  ...names.slice(3).map((name) => `\t${lineOf(name).replaceAll(' ', ' \t ')}  https://w.example/`),
  'group Y-witnesses any Y1 Y2 Y3',
  'group X-and-Y all X-witnesses Y-witnesses',
]
const noteBy = (...signers: (typeof names)[number][]) =>
  printNote({
    text,
    signatures: [signText(text, log), ...signers.map((name) => cosign(text, witnesses.get(name)!, 9n))],
  })

test('a quorum of groups counts who cosigned, each once', () => {
  // biome-ignore format: a table
  const cases: [quorum: string, by: (typeof names)[number][], enough: boolean][] = [
    ['X-and-Y',     ['X1', 'X3', 'Y2'],       true],
    ['X-and-Y',     ['X1', 'X2', 'X3', 'Y1'], true],
    ['X-and-Y',     ['X1', 'X2', 'X3'],       false],
    ['X-and-Y',     ['X1', 'Y1', 'Y2', 'Y3'], false],
    ['X-and-Y',     ['X1', 'X1', 'Y1'],       false],
    ['X-and-Y',     [],                       false],
    ['X-witnesses', ['X2', 'X3'],             true],
    ['Y-witnesses', ['Y3'],                   true],
    ['X1',          ['X1'],                   true],
    ['X1',          ['X2'],                   false],
    ['none',        [],                       true],
  ]
  for (const [quorum, by, enough] of cases) {
    const policy = read(...example, `quorum ${quorum}`)
    const about = `${quorum} by ${by.join(' ')}`
    if (!enough) faultOf('policy-few', () => openByPolicy(noteBy(...by), policy), about)
    else {
      const { witnesses: found, logs } = openByPolicy(noteBy(...by), policy)
      assert.deepEqual(
        found.map(({ name, time }) => [name, time]),
        by.map((name) => [name, 9n]),
        about,
      )
      assert.deepEqual(
        logs.map(({ key }) => key.name),
        ['example.com/log'],
      )
    }
  }
})

test('only a log of the policy whose key bears the origin as its name signs for it', () => {
  const policy = read(...example, 'quorum none')
  const sameKey = { ...log, key: makeVerifierKey('example.com/other', 'ed25519', log.key.publicKey) }
  const byOther = printNote({ text, signatures: [signText(text, sameKey)] })
  faultOf('note-unsigned', () => openByPolicy(byOther, policy))
  faultOf('policy-other-log', () => openByPolicy(byOther, policyOfKey(sameKey.key)))
  const byWitness = printNote({ text, signatures: [cosign(text, witnesses.get('X1')!, 1n)] })
  faultOf('policy-other-log', () => openByPolicy(byWitness, policy))
  const broken = printNote({
    text,
    signatures: [signText(text, log), { ...cosign(text, witnesses.get('X1')!, 1n), signature: Buffer.alloc(72) }],
  })
  faultOf('note-broken', () => openByPolicy(broken, policy))
  assert.equal(openByPolicy(noteBy(), policyOfKey(log.key)).checkpoint.size, 0n)
})

test('a witness with ML-DSA-44 counts as any other', { skip: missingLattice() }, () => {
  const witness = aSigner('lattice.example', 'ml-dsa-44-cosignature')
  const policy = read(`log ${vkey(log)}`, `witness L ${vkey(witness)}`, 'quorum L')
  const note = printNote({ text, signatures: [signText(text, log), cosign(text, witness, 4n)] })
  assert.deepEqual(
    openByPolicy(note, policy).witnesses.map(({ name }) => name),
    ['L'],
  )
})

test('the key of a log may be that of a witness too, as with ML-DSA-44', { skip: missingLattice() }, () => {
  const both = aSigner('example.com/log', 'ml-dsa-44-cosignature')
  const policy = read(`log ${vkey(both)}`, `witness w ${vkey(both)}`, 'quorum w')
  const found = openByPolicy(printNote({ text, signatures: [cosign(text, both, 3n)] }), policy)
  assert.deepEqual([found.logs.length, found.witnesses.length], [1, 1])
})

test('a policy that is not clear is refused, with its line', () => {
  const w = witnesses.get('X1')!
  const renamed = { ...w, key: makeVerifierKey('renamed.example', 'ed25519-cosignature', w.key.publicKey) }
  // biome-ignore format: a table
  const cases: [FaultCode, number | undefined, ...string[]][] = [
    ['policy-no-quorum', undefined, ...example],
    ['policy-no-quorum', undefined, ''],
    ['policy-quorums',   2, 'quorum none', 'quorum none'],
    ['policy-word',      1, 'quorums none'],
    ['policy-word',      1, 'toString none'],
    ['policy-word',      1, 'Log x'],
    ['policy-form',      1, 'quorum'],
    ['policy-form',      1, 'quorum none none'],
    ['policy-form',      1, 'log'],
    ['policy-form',      1, `log ${vkey(log)} https://log.example/ more`],
    ['policy-form',      1, 'witness X1'],
    ['policy-form',      2, lineOf('X1'), 'group g any'],
    ['policy-key',       1, 'log example.com/log'],
    ['policy-key',       1, `log ${vkey(log).slice(0, -1)}`],
    ['policy-kind',      1, `log ${vkey(w)}`],
    ['policy-kind',      1, `witness X1 ${vkey(log)}`],
    ['policy-twice',     2, `log ${vkey(log)}`, `log ${vkey(log)}`],
    ['policy-twice',     2, lineOf('X1'), `witness other ${vkey(renamed)}`],
    ['policy-name',      2, lineOf('X1'), `witness X1 ${vkey(witnesses.get('X2')!)}`],
    ['policy-name',      1, `witness none ${vkey(w)}`],
    ['policy-name',      3, lineOf('X1'), lineOf('X2'), 'group X2 any X1'],
    ['policy-unknown',   1, 'quorum nobody'],
    ['policy-unknown',   1, 'group g any X1', lineOf('X1')],
    ['policy-unknown',   1, 'group g any g'],
    ['policy-unknown',   1, 'group g any none'],
    ['policy-used',      2, lineOf('X1'), 'group g any X1 X1'],
    ['policy-used',      3, lineOf('X1'), 'group g any X1', 'group h any X1'],
    ['policy-count',     2, lineOf('X1'), 'group g 0 X1'],
    ['policy-count',     2, lineOf('X1'), 'group g 2 X1'],
    ['policy-count',     2, lineOf('X1'), 'group g 01 X1'],
    ['policy-count',     2, lineOf('X1'), 'group g most X1'],
    ['policy-character', 1, 'quorum none\r'],
    ['policy-character', 2, 'quorum none', '# \u007f'],
  ]
  for (const [code, line, ...lines] of cases)
    assert.equal(faultOf(code, () => read(...lines), lines.join(' / ')).values.line, line, lines.join(' / '))
  faultOf('policy-large', () => parsePolicy(Buffer.alloc(policyBytesMax + 1, '#')))
})

test('32 logs, 32 witnesses and 32 groups are read, and not any number of them', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, at) => `witness w${at} ${vkey(aSigner(`w${at}`, 'ed25519-cosignature'))}`)
  const logs = Array.from({ length: 32 }, (_, at) => `log ${vkey(aSigner(`log${at}`))}`)
  const groups = Array.from({ length: 32 }, (_, at) => `group g${at} any w${at}`)
  const policy = read(...logs, ...lines(32), ...groups, 'quorum g31')
  assert.deepEqual([policy.logs.length, policy.witnesses.length], [32, 32])
  faultOf('policy-many', () => read(...lines(129), 'quorum none'))
})

test('names are octets: two spellings of one letter are two names', () => {
  const [k, kelvin] = ['K', '\u212a'].map((name, at) => `witness ${name} ${vkey(witnesses.get(names[at]!)!)}`)
  const policy = read(`log ${vkey(log)}`, k!, kelvin!, 'quorum \u212a')
  faultOf('policy-few', () => openByPolicy(noteBy('X1'), policy))
  assert.deepEqual(
    openByPolicy(noteBy('X2'), policy).witnesses.map(({ name }) => name),
    ['\u212a'],
  )
})

test('whatever octets come as a policy are read or refused', () => {
  const words = fc.constantFrom(
    'log',
    'witness',
    'group',
    'quorum',
    'none',
    'any',
    'all',
    '1',
    'X1',
    '\n',
    '\n',
    ' ',
    vkey(log),
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (parts) => {
      try {
        assert.ok(parsePolicy(Buffer.from(parts.join(' '))).quorum)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }),
    { numRuns: 1000 },
  )
})
