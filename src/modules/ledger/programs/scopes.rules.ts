/** What a key lets a program do: append to every log of its organisation, or to one of them alone. */
export type Scope = 'append' | `append:${string}`

export const scopesMax = 10

/** Whether a key with these scopes may do this with the log of this name. */
export const allows = (scopes: readonly Scope[], act: 'append', log: string): boolean =>
  scopes.includes(act) || scopes.includes(`${act}:${log}`)

/** The log to which a scope is bound; undefined for all. */
export const logOfScope = (scope: Scope): string | undefined => scope.split(':')[1]
