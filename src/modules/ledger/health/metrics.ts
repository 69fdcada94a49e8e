import { Gauge, type Registry } from 'prom-client'
import type { Sql } from '#platform'
import { listHealth, listWitnessHealth } from './health.sql.ts'

/** Numbers for Prometheus, read when it asks. */
export function addLedgerMetrics(registry: Registry, sql: Sql): void {
  const ofLog = { labelNames: ['log'], registers: [registry] }
  new Gauge({
    ...{ name: 'praya_ledger_entries', help: 'Entries of a log that are in order.', ...ofLog },
    async collect() {
      for (const { name, size } of await listHealth(sql)) this.set({ log: name }, size)
    },
  })
  new Gauge({
    ...{ name: 'praya_ledger_unpublished_entries', help: 'Entries in order that are not published yet.', ...ofLog },
    async collect() {
      for (const { name, size, publishedSize } of await listHealth(sql)) this.set({ log: name }, size - publishedSize)
    },
  })
  new Gauge({
    ...{ name: 'praya_ledger_waiting_entries', help: 'Entries that are promised and not in order yet.', ...ofLog },
    async collect() {
      for (const { name, waiting } of await listHealth(sql)) this.set({ log: name }, waiting)
    },
  })
  new Gauge({
    name: 'praya_ledger_witness_failing',
    help: 'Whether a witness of a log did not cosign when it was asked last.',
    labelNames: ['log', 'witness'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { log, url, failure } of await listWitnessHealth(sql))
        this.set({ log, witness: url }, failure === null ? 0 : 1)
    },
  })
}
