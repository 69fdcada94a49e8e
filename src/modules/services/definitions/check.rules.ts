import type { Complaint, Pack } from '#pack'
import { compileService } from './compile.rules.ts'
import type { Service } from './service.ts'

/** What the shape of a service cannot say: that its conditions compile, that every page is reached, and that it ends. */
export function* checkServices(values: readonly Service[], _pack: Pack): Generator<Complaint> {
  for (const service of values) yield* compileService(service).complaints
}
