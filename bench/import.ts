/*
 * What importing and checking costs, in process CPU beyond start-up: Head 47 (limit 200 ms) where TEST_SHARED has it, else
 * the project's own test document; and 3,500 programme rows by mapping (limit 3 s). Every turn is a fresh process,
 * as the command line is.
 */
import { fork } from 'node:child_process'
import { machine, print } from './praya.ts'

const turns = 7

print(machine())
for (const [what, limitMs] of [
  ['text', 200],
  ['tables', 3000],
] as const) {
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) times.push(await measure(what))
  times.sort((one, other) => one - other)
  const median = times[turns >> 1]!
  print(
    `${what}: import and check, median ${median.toFixed(0)} ms of CPU of ${turns}; limit ${limitMs} ms; share ${(median / limitMs).toFixed(2)}`,
  )
}

function measure(what: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./import-once.ts', import.meta.url), [what])
    child.once('message', (message) => resolve(message as number))
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`bench/import-once.ts ended with ${code}`))
    })
  })
}
