/** What a role of a person in the pack allows. Printed as a matrix: who may do what is read here, in one place. */
export const roles: Readonly<Record<string, readonly string[]>> = {
  // biome-ignore format: matrix
  resident: [],
  // biome-ignore format: matrix
  'budget-officer': ['estimates:import-document', 'estimates:explain-difference'],
  // biome-ignore format: matrix
  auditor: [],
  // biome-ignore format: matrix
  'correspondence-officer': ['identity:send-message', 'identity:read-outbox'],
}

/** The permissions of all `names`; a name that is no role gives none. */
export const permissionsOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => (Object.hasOwn(roles, name) ? roles[name]! : []))),
]
