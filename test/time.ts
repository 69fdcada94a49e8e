// Time that passes at once, for what a process keeps for a while. For tests.
import { mock } from 'node:test'

const real = performance.now.bind(performance)
let aheadMs = 0

/** From here on it is so much later for everything that asks how long ago it was, and not what time it is. */
export function letPass(ms: number): void {
  if (aheadMs === 0) mock.method(performance, 'now', () => real() + aheadMs)
  aheadMs += ms
}

/** How long this thread has worked, in milliseconds. What waits for a busy machine does not count. */
export function workedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
