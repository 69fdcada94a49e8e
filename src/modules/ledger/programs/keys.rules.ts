import type { ApiKey } from './api-keys.sql.ts'
import { type Scope, scopesMax } from './scopes.rules.ts'
import { daysMax, type KeyMistake, type KeyNote, type KeyState, nameMax } from './types.ts'

/** What has become of a key. */
export function stateOf({ withdrawnAt, lostAt, expiresAt, replacedBy }: ApiKey, now: Date): KeyState {
  if (lostAt) return 'lost'
  if (withdrawnAt) return 'withdrawn'
  if (Date.parse(expiresAt) <= now.getTime()) return 'ended'
  return replacedBy ? 'ending' : 'counts'
}

export const counts = (state: KeyState): boolean => state === 'counts' || state === 'ending'

export const noteOf = (key: ApiKey, now: Date): KeyNote => ({ ...key, state: stateOf(key, now) })

/** Whole days from 1 to two years; undefined for anything else. */
export function readDays(text: string): number | undefined {
  const days = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= daysMax ? days : undefined
}

/** Whether people know a program by it: a letter or digit at least, and no more than the list shows. */
export const isName = (name: string): boolean => /[\p{L}\p{N}]/u.test(name) && [...name].length <= nameMax

export type WantedKey = { name: string; scopes: Scope[]; days: number }

/** What the form asks for, or what is wrong with it, by the logs that the organisation writes to and the registers of which it is a party. */
export function readKeyForm(
  { name, scopes, days }: { name: string; scopes: readonly string[]; days: string },
  { logs, registers }: { logs: readonly string[]; registers: readonly string[] },
): { wanted: WantedKey } | { mistakes: KeyMistake[] } {
  const known = ['append', ...logs.map((log) => `append:${log}`), ...registers.map((register) => `step:${register}`)]
  const all = known.filter((scope) => scopes.includes(scope)) as Scope[]
  // Who may write to every log needs no other word for one.
  const wanted = all.filter((scope) => scope === 'append' || !all.includes('append') || !scope.startsWith('append:'))
  const whole = readDays(days)
  const mistakes: KeyMistake[] = []
  if (!isName(name)) mistakes.push('name-missing')
  if (wanted.length === 0 || wanted.length > scopesMax || scopes.some((scope) => !known.includes(scope)))
    mistakes.push('scopes-missing')
  if (whole === undefined) mistakes.push('days-wrong')
  if (mistakes.length > 0) return { mistakes }
  return { wanted: { name, scopes: wanted, days: whole! } }
}
