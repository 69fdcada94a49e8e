import { type TSchema, Type } from 'typebox'

/** What may be missing, told as such. */
export const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()])
