import { Type } from 'typebox'

/** A path of this site and nothing else: `//elsewhere` and `/\elsewhere` would leave it, and a header holds ASCII only. */
export const Next = Type.String({ pattern: '^/(?![/\\\\])[!-~]*$', maxLength: 4096 })

/** An address with where to go afterwards. */
export const withNext = (path: string, next: string | undefined): string =>
  next === undefined || next === '/' ? path : `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`
