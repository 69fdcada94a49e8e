import { permissionsOf } from '#identity'
import { logs, type Register, registers } from '#ledger'
import type { Complaint, Pack } from '#pack'
import { texts } from '#platform'
import { type CountHolders, checkCase, checkConditionsOfSteps } from './checks/case.rules.ts'
import { checkCatalogue } from './checks/catalogue.rules.ts'
import { checkGrant, type FindItem } from './checks/grant.rules.ts'
import { checkMatches } from './checks/matches.rules.ts'
import { checkNames } from './checks/names.rules.ts'
import { checkOutputs } from './checks/outputs.rules.ts'
import { checkConditionsOfParties, checkPages } from './checks/pages.rules.ts'
import { checkPlaces } from './checks/places.rules.ts'
import { checkPrefill } from './checks/prefill.rules.ts'
import { checkRecords, checkValuesOfRecords } from './checks/records.rules.ts'
import { checkRounds } from './checks/rounds.rules.ts'
import { checkSessions } from './checks/sessions.rules.ts'
import { checkTables } from './checks/tables.rules.ts'
import { checkTexts } from './checks/texts.rules.ts'
import { checkWays } from './checks/ways.rules.ts'
import { compileService } from './compile.rules.ts'
import type { Service } from './service.ts'
import { type Source, sources } from './sources.ts'

/** What is known around one definition. What is left out is not looked at. */
export type Context = {
  /** The version that counts now: what was translated since must be so in every language. */
  readonly before?: Service | undefined
  readonly sources?: ReadonlyMap<string, Source>
  /** How many people hold a permission in an organisation. */
  readonly holders?: CountHolders | undefined
  /** Which organisations write to each log. */
  readonly writers?: ReadonlyMap<string, readonly string[]> | undefined
  readonly registers?: ReadonlyMap<string, Register> | undefined
  /** What initiatives of the Estimates draw on. */
  readonly findItem?: FindItem | undefined
  /** The letters with which references of other services begin. */
  readonly prefixes?: ReadonlySet<string>
  /** Services by their identifiers, of those that this one names. */
  readonly others?: ReadonlyMap<string, Service>
}

const sentences = texts({
  prefix: {
    en: 'References of another service begin with {prefix} already. Take other letters.',
    'zh-Hant': '另一服務的檔案編號已以 {prefix} 開頭。請改用其他字母。',
  },
})

/**
 * What the shape of a service cannot say: that each of its names means one thing, that its conditions compile and make a difference,
 * that every page is reached and every case ends, and that its texts are translated and can be filled. A pure function: the same for
 * a pack, for publishing and for whoever edits.
 */
export function* checkService(service: Service, context: Context = {}): Generator<Complaint> {
  yield* checkCatalogue(service)
  yield* checkTexts(service, context.before)
  if (!service.apply) return
  const names = [...checkNames(service)]
  yield* names
  yield* checkPages(service.apply.form, service.apply.places?.question)
  yield* checkSessions(service)
  yield* checkPrefill(service, context.sources)
  yield* checkCase(service, context.holders)
  yield* checkOutputs(service, context.writers)
  yield* checkRecords(service, context.registers)
  yield* checkMatches(service, context.others ?? new Map())
  if (service.apply.rounds) yield* checkRounds(service.apply.rounds, service.apply)
  yield* checkGrant(service, context.findItem)
  yield* checkPlaces(service)
  const { prefix } = service.apply.case
  if (context.prefixes?.has(prefix))
    yield { at: service.apply.case, key: 'prefix', text: sentences.prefix, values: { prefix } }
  // Conditions mean nothing as long as their names do not.
  if (names.length > 0) return
  const { compiled, complaints } = compileService(service)
  yield* complaints
  if (compiled.form) {
    yield* checkConditionsOfParties(compiled.form)
    yield* checkWays(compiled.form)
  }
  if (!compiled.case) return
  yield* checkConditionsOfSteps(compiled.case)
  yield* checkTables(compiled.case)
  yield* checkValuesOfRecords(compiled.case, context.registers)
}

/** All services of a pack. Which version counts now is not known of a pack: `publish` looks at that. */
export function* checkServices(values: readonly Service[], pack: Pack): Generator<Complaint> {
  const known = knownOf(pack)
  const prefixes = new Set<string>()
  const others = new Map(values.map((service) => [service.id, service]))
  for (const service of values) {
    yield* checkService(service, { ...known, others, prefixes: new Set(prefixes) })
    if (service.apply) prefixes.add(service.apply.case.prefix)
  }
}

/** What a pack says around its services. Of a pack without made-up people nothing is known of who holds what. */
export function knownOf(pack: Pack): Context {
  const { people } = pack
  const holders: CountHolders = (permission, organisation) =>
    people.filter((each) => each.organisation === organisation && permissionsOf(each.roles).includes(permission)).length
  return {
    sources: new Map(pack.list(sources).map((source) => [source.id, source])),
    writers: new Map(pack.list(logs).map(({ id, writers }) => [id, writers])),
    registers: new Map(pack.list(registers).map((register) => [register.id, register])),
    holders: people.length > 0 ? holders : undefined,
    findItem: findItemOf(pack),
  }
}

type Initiative = { document: string; id: string; drawsOn: { item?: string } }

/** The module of the Estimates comes after this one, so that its part of the pack is read by the name of its kind; without it nothing is known. */
function findItemOf(pack: Pack): FindItem | undefined {
  const initiatives = pack.list({ kind: 'initiative' } as never) as readonly unknown[] as readonly Initiative[]
  if (initiatives.length === 0) return undefined
  const items = new Map(initiatives.map(({ document, id, drawsOn }) => [`${document}/${id}`, drawsOn.item ?? null]))
  return (initiative) => items.get(initiative)
}
