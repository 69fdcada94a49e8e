import type { Definition } from '#pack'
import type { Module } from '#platform'
import estimates from './modules/estimates/module.ts'
import identity from './modules/identity/module.ts'
import ledger from './modules/ledger/module.ts'
import services from './modules/services/module.ts'

/** Every module that runs, in dependency order: each may use those before it. */
export const modules: readonly Module[] = [identity, services, estimates, ledger]

/** What these modules read from a pack. */
export const definitions: readonly Definition[] = modules.flatMap((module) => module.definitions ?? [])
