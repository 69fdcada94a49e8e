import { pino } from 'pino'
import { createHttp } from '../src/platform/http.ts'

/** What every request to Praya passes, in front of no module: for peers and floors that stand behind the same. */
export function guardedHttp(sql: unknown) {
  const name = { en: 'Bench', 'zh-Hant': '測速' }
  return createHttp({
    site: {
      name,
      site: name,
      tagline: name,
      summary: name,
      languages: [{ language: 'en', address: 'eng', name: 'English' }],
      defaultLanguage: 'en',
      timeZone: 'UTC',
    },
    database: { sql } as never,
    log: pino({ level: 'warn' }),
    permissions: new Set(),
    events: new Set(),
    now: () => new Date(),
    sessionSecret: 'a secret of the bench alone, and long enough',
    demonstration: false,
    identify: undefined,
    identifyToken: undefined,
    requestsPerMinuteMax: 1_000_000,
    behindProxy: false,
  })
}
