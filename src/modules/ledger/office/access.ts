import type { Person } from '#platform'

/** The permission of whoever may see how the ledger is; what they see of it depends on whether they run the logs. */
export const officeAccess = 'ledger:see-office'
/** The permission of whoever runs the logs for everybody. */
export const runAccess = 'ledger:run'

export const runs = ({ permissions }: Pick<Person, 'permissions'>): boolean => permissions.includes(runAccess)
