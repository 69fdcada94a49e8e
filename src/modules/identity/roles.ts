/** What a role of a person in the pack allows. Printed as a matrix: who may do what is read here, in one place. */
export const roles = {
  // biome-ignore format: matrix
  resident: [],
  // biome-ignore format: matrix
  'budget-officer': ['estimates:import-document', 'estimates:explain-difference'],
  // biome-ignore format: matrix
  auditor: [],
} as const satisfies Record<string, readonly string[]>

export type Role = keyof typeof roles

/** The permissions of all `names`; a name that is no role gives none. */
export function permissionsOf(names: readonly string[]): string[] {
  const known = names.filter((name): name is Role => name in roles)
  return [...new Set(known.flatMap((name) => roles[name]))]
}
