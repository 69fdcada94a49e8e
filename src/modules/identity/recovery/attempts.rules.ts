/** What may be tried only so often. `account` is opening one: each try there is one that worked; `letter` the code of a letter. */
export type AttemptKind = 'recovery-code' | 'account' | 'letter'

type Limit = {
  /** Tries of one address that cost no wait. */
  free: number
  /** The same, while very many addresses try: a guess spread over the network. */
  freeWhenBusy: number
  /** Tries of all addresses in an hour that are very many. */
  busyFrom: number
}

export const limits: Readonly<Record<AttemptKind, Limit>> = {
  // biome-ignore format: matrix
  'recovery-code': { free:  5, freeWhenBusy: 1, busyFrom: 2000 },
  // biome-ignore format: matrix
  account:         { free: 30, freeWhenBusy: 5, busyFrom: 2000 },
  // biome-ignore format: matrix
  letter:          { free: 10, freeWhenBusy: 2, busyFrom: 2000 },
}

/** Tries are forgotten when none came for so long. */
export const windowSeconds = 60 * 60
const waitSecondsMax = 15 * 60

export type Tries = { count: number; lastAt: Date }

/**
 * How many seconds an address must wait before it tries again: two after the free tries, then twice as long each time, a
 * quarter of an hour at most. What others try makes the free tries fewer and never none: whoever comes for the first time
 * gets a try at once, so that no stranger locks anybody out.
 */
export function secondsToWait(kind: AttemptKind, own: Tries, everybody: Tries, now: Date): number {
  const count = counting(own, now)
  const { free, freeWhenBusy, busyFrom } = limits[kind]
  const over = count - (counting(everybody, now) >= busyFrom ? freeWhenBusy : free)
  if (over < 0) return 0
  const wait = Math.min(waitSecondsMax, 2 ** (over + 1))
  return Math.max(0, Math.ceil(wait - (now.getTime() - own.lastAt.getTime()) / 1000))
}

/** Tries that count still. */
export const counting = ({ count, lastAt }: Tries, now: Date): number =>
  now.getTime() - lastAt.getTime() > windowSeconds * 1000 ? 0 : count

/** The network behind an address: of IPv6 the first 64 bits, as one household or phone has all of the rest. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const parts = (text = '') => text.split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : Math.max(0, 8 - parts(head).length - parts(tail).length)
  const all = [...parts(head), ...Array<string>(missing).fill('0'), ...parts(tail)]
  return all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')
}
