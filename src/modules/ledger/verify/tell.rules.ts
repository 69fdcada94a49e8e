import { kindNames } from '../notes/keys.rules.ts'
import type { Outcome, Verdict } from './types.ts'
import { earliestOf } from './verify.rules.ts'
import type { WordKey } from './words.ts'

/** The values that fill a sentence. */
export type Filling = Readonly<Record<string, string | number>>

/** What is needed to tell somebody in their language: the server knows it, and a page hands it to its script. */
export type Telling = {
  say: (key: WordKey, values?: Filling) => string
  /** The sentence of a fault. */
  sayFault: (code: string, values: Filling) => string
  /** `2026-11-23T09:55:00Z` as pages write it. */
  writeMoment: (at: string) => string
  /** Names of organisations by their identifiers. */
  organisations: Readonly<Record<string, string>>
  /** What kinds of entries say. */
  kinds: Readonly<Record<string, string>>
  /** The logs of this site by their origins. */
  logs: Readonly<Record<string, { title: string; path: string }>>
}

export type ToldRow = { key: string; value: string; path?: string }
export type Told = { mark: 'holds' | 'fails' | 'unchecked'; title: string; lines: string[]; rows: ToldRow[] }

// biome-ignore format: matrix
const marks: Readonly<Record<Outcome, Told['mark']>> = {
  document:         'holds',
  entry:            'holds',
  alone:            'holds',
  'other-document': 'fails',
  'salt-missing':   'unchecked',
  'file-missing':   'unchecked',
  'proof-missing':  'unchecked',
  'not-a-proof':    'unchecked',
  'proof-damaged':  'unchecked',
  'not-included':   'fails',
  'signature-broken': 'fails',
  'log-unknown':    'unchecked',
  'witnesses-few':  'fails',
  'policy-wrong':   'unchecked',
  'cannot-check':   'unchecked',
  'code-unknown':   'unchecked',
  'code-elsewhere': 'unchecked',
  'code-missing':   'unchecked',
}

/** An outcome in words: one sentence, what follows from it and what does not, and the facts. */
export function tell(verdict: Verdict, telling: Telling): Told {
  const { say } = telling
  const { outcome, log, site = '' } = verdict
  return {
    mark: marks[outcome],
    title: say(outcome, log ? { index: log.index, log: ownLog(log.origin, telling)?.title ?? log.origin } : { site }),
    lines: linesOf(verdict, telling),
    rows: log ? rowsOf(verdict, telling) : [],
  }
}

function linesOf(verdict: Verdict, telling: Telling): string[] {
  const { say, sayFault } = telling
  const { outcome, fault, said, rewritten, signers } = verdict
  const proves = outcome === 'document' || outcome === 'entry' || outcome === 'alone'
  const isSaid = said && outcome === 'document'
  return [
    ...(fault ? [say('exact', { sentence: sayFault(fault.code, fault.values) })] : []),
    ...(rewritten ? [say('rewritten')] : []),
    ...(isSaid ? [say('proves', { organisation: writerOf(verdict, telling) })] : []),
    ...(outcome === 'entry' ? [say('proves-entry')] : []),
    ...(proves ? [say('proves-not')] : []),
    ...(proves && signers?.witnesses.length === 0 ? [say('unwitnessed')] : []),
  ]
}

function rowsOf(verdict: Verdict, telling: Telling): ToldRow[] {
  const { say, writeMoment } = telling
  const { log, signers, said, unknown } = verdict
  const earliest = earliestOf(verdict)
  const known = log && ownLog(log.origin, telling)
  return [
    ...(log
      ? [
          { key: say('log'), value: titleOf(log.origin, telling), ...(known && { path: known.path }) },
          {
            key: say('place'),
            value: say('of', { index: log.index, size: log.size }),
            ...(known && { path: `${known.path}/entries/${log.index}` }),
          },
        ]
      : []),
    ...(said
      ? [
          { key: say('who'), value: writerOf(verdict, telling) },
          { key: say('what'), value: kindOf(said.kind, telling) },
          ...(said.schema ? [{ key: say('form'), value: said.schema }] : []),
          { key: say('when'), value: isInstant(said.time) ? writeMoment(said.time) : said.time },
        ]
      : []),
    ...(earliest ? [{ key: say('latest'), value: momentOf(earliest.time, telling) }] : []),
    ...(signers?.logs ?? []).map((each) => ({ key: say('signed'), value: signerOf(each, telling) })),
    ...(signers?.witnesses ?? []).map((each) => ({ key: say('cosigned'), value: signerOf(each, telling) })),
    ...(signers?.witnesses.length === 0 ? [{ key: say('cosigned'), value: say('nobody') }] : []),
    ...(unknown ? [{ key: say('others'), value: say('unknown', { count: unknown }) }] : []),
  ]
}

type Signer = NonNullable<Verdict['signers']>['logs'][number]

const signerOf = ({ name, kind, time }: Signer, telling: Telling) =>
  time === undefined
    ? telling.say('by', { name, kind: kindNames[kind] })
    : telling.say('by-at', { name, kind: kindNames[kind], moment: momentOf(BigInt(time), telling) })

/** A log of this site; one of others is called by its origin alone, as no pack names it. */
const ownLog = (origin: string, { logs }: Telling) => (Object.hasOwn(logs, origin) ? logs[origin] : undefined)

function titleOf(origin: string, telling: Telling): string {
  const own = ownLog(origin, telling)
  return own ? telling.say('named', { title: own.title, origin }) : origin
}

/** In a log of others the identifier of an organisation may be anybody's: there it is not called by a name of ours. */
function writerOf({ log, said }: Verdict, telling: Telling): string {
  const { organisation: id = '' } = said ?? {}
  const isOurs = log && ownLog(log.origin, telling) && Object.hasOwn(telling.organisations, id)
  return isOurs ? telling.organisations[id]! : id
}

/** In words where there are any, and as it is written, as a program reads it. */
const kindOf = (kind: string, { kinds, say }: Telling) =>
  Object.hasOwn(kinds, kind) ? say('named', { title: kinds[kind]!, origin: kind }) : kind

/** The last second that ISO 8601 writes with four digits of the year. */
const secondsMax = 253_402_300_799n

const momentOf = (seconds: bigint, { writeMoment }: Telling) =>
  seconds > secondsMax ? `${seconds}` : writeMoment(new Date(Number(seconds) * 1000).toISOString())

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text))
