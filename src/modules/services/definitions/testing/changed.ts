import { logs, registers } from '#ledger'
import { type Complaint, loadPack } from '#pack'
import { say } from '#platform'
import { type Context, checkService } from '../check.rules.ts'
import type { Service } from '../service.ts'
import { services } from '../service.ts'
import { sources } from '../sources.ts'

/** A definition without its types: a test breaks what it likes. */
// biome-ignore lint/suspicious/noExplicitAny: a test reaches into parts that the types know to be optional
export type Loose = any

/** The service of the pack of Testland, by whose changes checks are tested; without its grant and what another party or a register answers. */
export async function readTideGrant(): Promise<Service> {
  const folder = new URL('../../../../../governments/testland', import.meta.url).pathname
  const { pack } = await loadPack(folder, [services, sources, logs, registers], { strangers: 'ignore' })
  const { apply: whole, ...service } = pack.get(services, 'tide-grant')
  const { grant: _grant, ...apply } = whole!
  const { parties: _, pages, ...form } = apply.form
  const own = pages.filter(({ id }) => id !== 'principal' && id !== 'school-name')
  return structuredClone({ ...service, apply: { ...apply, form: { ...form, pages: own } } })
}

/** The registers of the pack of Testland, by their identifiers. */
export async function readRegisters(): Promise<NonNullable<Context['registers']>> {
  const folder = new URL('../../../../../governments/testland', import.meta.url).pathname
  const { pack } = await loadPack(folder, [logs, registers], { strangers: 'ignore' })
  return new Map(pack.list(registers).map((register) => [register.id, register]))
}

/** What is said in English of a copy of `service` that `change` was done to, each with the key that it is about. */
export function complaintsAbout(
  service: Service,
  change: (service: Loose) => void,
  context: Context = {},
): { told: string[]; complaints: Complaint[]; changed: Service } {
  const changed = structuredClone(service)
  change(changed)
  const complaints = [...checkService(changed, context)]
  return {
    changed,
    complaints,
    told: complaints.map(({ key = '-', text, values }) => `${key}: ${say(text, 'en', values)}`),
  }
}
