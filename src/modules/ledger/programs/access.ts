import { Type } from 'typebox'

/** The permission of whoever looks after the keys of programs. */
export const access = 'ledger:issue-key'
/** What opens or ends a way for programs needs somebody who is known, and was there lately. */
export const powerful = { access, level: 2, freshSeconds: 3600 } as const

/** A word that stands for one form. */
export const FormWord = Type.String({ format: 'uuid', maxLength: 36 })
