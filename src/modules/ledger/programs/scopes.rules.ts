/**
 * What a key lets a program do: append to every log of its organisation, or to one of them alone; take steps in a register
 * of which its organisation is a party.
 */
export type Scope = 'append' | `${ScopedAct}:${string}`
export type ScopedAct = 'append' | 'step'

export const scopesMax = 10

/** Whether a key with these scopes may do this with the log or register of this name. */
export const allows = (scopes: readonly Scope[], act: ScopedAct, on: string): boolean =>
  (act === 'append' && scopes.includes(act)) || scopes.includes(`${act}:${on}`)

/** The log or register to which a scope is bound; undefined for every log. */
export const boundTo = (scope: Scope): { act: ScopedAct; on: string } | undefined => {
  const [act, on] = scope.split(':') as [ScopedAct, string?]
  return on === undefined ? undefined : { act, on }
}
