/** An address with where to go afterwards. */
export const withNext = (path: string, next: string | undefined): string =>
  next === undefined || next === '/' ? path : `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`
