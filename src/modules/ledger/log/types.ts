import { Type } from 'typebox'

export const logNameMax = 60
export const LogName = Type.String({ maxLength: logNameMax, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
