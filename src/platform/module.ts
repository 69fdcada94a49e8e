import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Definition, Pack } from '#pack'
import type { Command } from './command.ts'
import type { Examples } from './components/examples.ts'
import type { Database } from './database.ts'
import type { Figure } from './figures.ts'
import type { Job } from './jobs.ts'
import { type Language, Text } from './languages.ts'
import type { Identify } from './person.ts'
import { allScopes, type IdentifyToken, type Scope } from './tokens.ts'
import type { Vault } from './vault.ts'

/** The routes of one resource. Every route declares `config.access`; unsafe ones declare `config.event` too. */
export type Routes = FastifyPluginAsyncTypebox

/** One answer to a search: where it leads, in the language asked for. */
export type SearchResult = Static<typeof SearchResult>
export const SearchResult = Type.Object({
  title: Type.String(),
  path: Type.String(),
  kind: Text,
  excerpt: Type.Optional(Type.String()),
})

/** `contract` is left out until there is one. Never more than `gweiMax` is paid for a unit of gas. */
export type Chain = {
  url: string
  id: number
  contract?: string | undefined
  everyMinutes: number
  confirmations: number
  gweiMax: number
}

/** What the parts of one running installation share. */
export type Installation = {
  sql: Database['sql']
  pack: Pack
  now: () => Date
  /** Where people reach it, without a slash at the end: the origin of passkeys, and the issuer of tokens. */
  address: string
  /** Whether made-up people may sign in without proof. */
  demonstration: boolean
  vault: Vault
  /** Where the department that keeps it answers for the population register. */
  populationRegister?: { url: string; token?: string | undefined; timeoutMs?: number } | undefined
  /** Where the departments that keep them answer for the registers that forms take answers from. */
  sources?: { url: string; token?: string | undefined; timeoutMs?: number } | undefined
  /** A time stamp authority (RFC 3161) that somebody else runs, in the place of our own. */
  timestampUrl?: string | undefined
  /** A node of a chain on which checkpoints of logs are anchored, by a contract; where and how, as the settings say. */
  chain?: Chain | undefined
  /** The server that takes mail, and from whom it comes; without it mail waits. */
  mail?: { url: string; from: string } | undefined
  /** Where clamd listens, as `host:port` or the path of its socket; without it files are held unchecked. */
  clamav?: string | undefined
  /** Whether webhooks may go to private networks. */
  webhooksInside?: boolean | undefined
  /** Names of the modules that run. */
  running: readonly string[]
}

/** A page that a person finds in their account: one of their own, or where they do what a permission lets them do. */
export type AccountPlace = { path: string; title: Text; line?: Text; permission?: string }

/** The manifest of a module: pure data and the functions that it offers to the platform. */
export type Module = {
  /** Also its PostgreSQL schema and the prefix of its permissions. */
  name: string
  summary: string
  /** The only modules that this one may import. */
  uses: readonly string[]
  routes: readonly Routes[]
  /** Where a person meets it. */
  address?: string
  /** What each permission lets a person do. Keys are `<module>:<verb-noun>`. */
  permissions?: Readonly<Record<string, Text>>
  /** What access tokens can be given for, in the words of the page that asks the person. Keys are `<module>:<verb-noun>`. */
  scopes?: Readonly<Record<string, Scope>>
  /** What each role of a person allows: names of permissions. */
  roles?: Readonly<Record<string, readonly string[]>>
  /** What each event of the audit trail says to the person who caused it. Keys are `<module>.<noun-verbed>`. */
  events?: Readonly<Record<string, Text>>
  jobs?: Readonly<Record<string, Job>>
  figures?: readonly Figure[]
  /** More of them, one for each of something that the pack holds. */
  figuresOf?: (pack: Pack) => readonly Figure[]
  /** Files of a pack that belong to this module. */
  definitions?: readonly Definition[]
  account?: readonly AccountPlace[]
  search?: (
    installation: Installation,
    query: { text: string; language: Language; limit: number },
  ) => Promise<SearchResult[]>
  /** Who sends a request; one module at most offers it. */
  identify?: (installation: Installation) => Identify
  /** Whom an access token stands for; one module at most offers it. */
  identifyToken?: (installation: Installation) => IdentifyToken
  /** Brings the pack's definitions into the tables at start. Idempotent; two processes may call it at once. */
  load?: (installation: Installation) => Promise<void>
  /** Of this module's own components, for the style page and its tests. */
  examples?: Examples
  /** Lines for the end of `npm start`. */
  announce?: (installation: Installation, language: Language) => Promise<string[]>
  commands?: readonly Command[]
}

/** Checks what the types cannot: a module's permissions, figures and jobs carry its name. */
export function defineModule(module: Module): Module {
  const names = [
    ...Object.keys({ ...module.permissions, ...module.scopes }).map((name) => [name, `${module.name}:`]),
    ...Object.keys({ ...module.jobs, ...module.events }).map((name) => [name, `${module.name}.`]),
    ...(module.figures ?? []).map(({ id }) => [id, `${module.name}.`]),
  ] as [string, string][]
  for (const [name, prefix] of names)
    if (!name.startsWith(prefix)) throw new Error(`${name} belongs to module ${module.name}: begin it with ${prefix}`)
  for (const [name, scope] of Object.entries(module.scopes ?? {})) allScopes.set(name, scope)
  return module
}
