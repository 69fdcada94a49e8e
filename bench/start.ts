/* How long a second start takes to the first good /readyz, with the data folder of a first one. Limit: 5 s. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine, print, startPraya } from './praya.ts'

const turns = 5
const data = await mkdtemp(join(tmpdir(), 'praya-bench-'))
try {
  const first = await startPraya({}, data)
  await first.stop()
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const again = await startPraya({}, data)
    times.push(again.readyMs)
    await again.stop()
  }
  times.sort((one, other) => one - other)
  print(machine())
  print(`first start (empty data folder): ${(first.readyMs / 1000).toFixed(2)} s`)
  print(`second start: median ${(times[turns >> 1]! / 1000).toFixed(2)} s of ${turns}; limit 5 s`)
} finally {
  await rm(data, { recursive: true, force: true })
}
