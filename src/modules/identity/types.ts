import { Type } from 'typebox'

/** A channel of the pack, in an address. */
export const ChannelId = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 })
