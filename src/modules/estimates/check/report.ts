import { type Static, Type } from 'typebox'
import { type Language, say, type Text } from '#platform'
import { findings } from '../import/findings.ts'
import { tableFindings } from '../mapping/findings.ts'
import {
  type Cell,
  CellStatus,
  CheckReport,
  type EstimatesDocument,
  explanationMax,
  type Finding,
  type Identity,
  Lines,
  Reason,
} from '../types.ts'
import { formatAmount } from './amounts.ts'
import { cellSentence } from './lost-numbers.ts'
import { identitySentence, type Named, named, suspectSentence, warnings } from './sentences.ts'

const Id = Type.String({ maxLength: 200 })
const Written = Type.String({ maxLength: 60 })

/** A difference that has a reason. It applies only while the difference is exactly this one. */
export type ExplainedException = Static<typeof ExplainedException>
export const ExplainedException = Type.Object({
  /** Id of the identity that fails. */
  identity: Id,
  /** What is stated less what was computed, as the check found it. */
  difference: Type.String({ maxLength: explanationMax.difference }),
  reason: Reason,
  explanation: Type.String({ minLength: 1, maxLength: explanationMax.explanation }),
  /** A paper, a reply, a page: where a reader can see it for themselves. */
  source: Type.String({ minLength: 1, maxLength: explanationMax.source }),
  signedBy: Type.String({ minLength: 1, maxLength: 200 }),
  signedAt: Type.String({ maxLength: 40 }),
})

/** What a check found, with where the fault probably is. */
export type DocumentCheck = Static<typeof DocumentCheck>
export const DocumentCheck = Type.Intersect([
  CheckReport,
  Type.Object({
    /** Failing identities that share numbers, and the numbers of which one is likely wrong, likeliest first. */
    suspicions: Type.Array(
      Type.Object({
        identities: Type.Array(Id),
        /** `value` would make all of them true and none of the others false; null where no single number does. */
        suspects: Type.Array(Type.Object({ cell: Id, value: Type.Union([Written, Type.Null()]) })),
      }),
    ),
    /** By id of a failing or explained identity: stated less computed, in the claimed number's unit. */
    differences: Type.Record(Type.String(), Written),
    /** What is possible for a lost number that nothing determines. */
    ranges: Type.Array(Type.Object({ cell: Id, from: Written, to: Written })),
    /** Recovered numbers as sums of printed ones, or as the more precise number that they round. */
    derivations: Type.Array(
      Type.Object({
        cell: Id,
        terms: Type.Array(Type.Object({ cell: Id, sign: Type.Union([Type.Literal(1), Type.Literal(-1)]) })),
      }),
    ),
    explained: Type.Array(ExplainedException),
    /** Exceptions that no longer fit: the identity holds, or fails by another difference. */
    stale: Type.Array(ExplainedException),
  }),
])

type ReportEntry = Static<typeof ReportEntry>
const ReportEntry = Type.Object({
  /** Id of the identity; of the cell for a lost number; code of the finding for the importer's doubts. */
  identity: Id,
  kind: Type.String({ maxLength: 40 }),
  sentence: Type.String({ maxLength: 4000 }),
  values: Type.Record(Type.String(), Type.Union([Written, Type.Null()])),
  lines: Type.Array(Lines),
  /** For a lost number: whether it is `derived`, or `inferred` from an assumption, `ambiguous` or `missing`. */
  status: Type.Optional(CellStatus),
  /** For a recovered number: the identities and inferences that it follows from. */
  because: Type.Optional(Type.Array(Id)),
  suspects: Type.Optional(
    Type.Array(
      Type.Object({
        cell: Id,
        printed: Type.Union([Written, Type.Null()]),
        value: Type.Union([Written, Type.Null()]),
        sentence: Type.String({ maxLength: 1000 }),
        lines: Lines,
      }),
    ),
  ),
})

/** The check as `./praya estimates check --json` prints it, in one language. */
export type Report = Static<typeof Report>
export const Report = Type.Object({
  /** Identities that hold: exactly, within rounding, or with a signed explanation. */
  holds: Type.Integer({ minimum: 0 }),
  fails: Type.Array(ReportEntry),
  cannotBeChecked: Type.Array(ReportEntry),
  derived: Type.Array(ReportEntry),
  warnings: Type.Array(ReportEntry),
})

export function toReport(
  document: EstimatesDocument,
  check: CheckReport & Partial<DocumentCheck>,
  language: Language,
): Report {
  const names = named(document, check.cells, check.derivations)
  const entry = (identity: Identity) => identityEntry(names, check, identity, language)
  const of = (...outcomes: Identity['outcome'][]) =>
    check.identities.filter(({ outcome }) => outcomes.includes(outcome))
  const lost = (...statuses: Cell['status'][]) =>
    check.cells.filter(({ status }) => statuses.includes(status)).map((cell) => cellEntry(names, check, cell, language))
  return {
    holds: of('holds', 'rounding', 'explained').length,
    fails: of('fails').map(entry),
    cannotBeChecked: [
      ...of('unknown').map(entry),
      ...lost('ambiguous', 'missing'),
      ...told(document, language, 'unknown'),
    ],
    derived: lost('derived', 'inferred'),
    warnings: [
      ...of('rounding', 'explained').map(entry),
      ...(check.stale ?? []).map((exception) => staleEntry(check, exception, language)),
      ...told(document, language, 'loss', 'doubt'),
    ],
  }
}

const sentences: Readonly<Record<string, Text>> = { ...tableFindings, ...findings }

/** What the importer found: what it doubts or lost may be why something holds, and what it does not know nobody checks. */
const told = (document: EstimatesDocument, language: Language, ...kinds: Finding['kind'][]): ReportEntry[] =>
  document.findings
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ code, kind, values, lines }) => ({
      identity: code,
      kind,
      sentence: say(sentences[code] ?? { en: code, 'zh-Hant': code }, language, values),
      values: {},
      lines: [lines],
    }))

function identityEntry(
  names: Named,
  check: CheckReport & Partial<DocumentCheck>,
  identity: Identity,
  language: Language,
): ReportEntry {
  const { id, kind, stated, computed, lines, outcome } = identity
  const difference = check.differences?.[id]
  const suspicion = check.suspicions?.find(({ identities }) => identities.includes(id))
  return {
    identity: id,
    kind,
    sentence: identitySentence(
      names,
      identity,
      language,
      check.explained?.find((one) => one.identity === id),
    ),
    values: { stated, computed, ...(difference !== undefined && { difference }) },
    lines,
    ...(outcome === 'fails' &&
      suspicion && {
        suspects: suspicion.suspects.map(({ cell: cellId, value }) => {
          const cell = names.cells.get(cellId)!
          return {
            cell: cellId,
            printed: cell.printed,
            value,
            sentence: suspectSentence(names, cell, value, language),
            lines: cell.lines,
          }
        }),
      }),
  }
}

function cellEntry(names: Named, check: Partial<DocumentCheck>, cell: Cell, language: Language): ReportEntry {
  const range = check.ranges?.find((one) => one.cell === cell.id)
  return {
    identity: cell.id,
    kind: cell.status,
    status: cell.status,
    sentence: cellSentence(names, cell, language, { range }),
    values: {
      value: cell.steps === null ? null : formatAmount(cell, language),
      ...(range && { from: range.from, to: range.to }),
    },
    lines: [cell.lines],
    because: cell.because,
  }
}

function staleEntry(
  check: CheckReport & Partial<DocumentCheck>,
  exception: ExplainedException,
  language: Language,
): ReportEntry {
  const identity = check.identities.find(({ id }) => id === exception.identity)
  const { identity: id, difference, signedBy } = exception
  return {
    identity: id,
    kind: 'exception',
    sentence: say(warnings.stale, language, { id, difference, signedBy }),
    values: { explained: difference, difference: check.differences?.[id] ?? null },
    lines: identity?.lines ?? [],
  }
}
