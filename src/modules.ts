import type { Definition } from '#pack'
import type { Module } from '#platform'
import estimates from './modules/estimates/module.ts'
import identity from './modules/identity/module.ts'
import ledger from './modules/ledger/module.ts'
import { witnessAlone } from './modules/ledger/witness/alone.ts'
import services from './modules/services/module.ts'

/** Every module that runs, in dependency order: each may use those before it. */
export const modules: readonly Module[] = [identity, ledger, services, estimates]

/** What runs in their place where PRAYA_ALONE names one thing. */
export const alone: Readonly<Record<'witness', Module>> = { witness: witnessAlone }

/** What these modules read from a pack. */
export const definitions: readonly Definition[] = modules.flatMap((module) => module.definitions ?? [])
