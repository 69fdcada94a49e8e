/*
 * How long a second start takes to the first good /readyz, with the data folder of a first one. Limit: 5 s. Then how much
 * processor time reading and checking each pack takes, in a process that just began.
 */
import { execFileSync } from 'node:child_process'
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
  for (const pack of ['testland', 'hongkong']) {
    const loads = Array.from({ length: turns }, () => loadMs(pack)).sort((one, other) => one - other)
    print(`reading the pack ${pack}: median ${loads[turns >> 1]!.toFixed(0)} ms of processor time of ${turns}`)
  }
} finally {
  await rm(data, { recursive: true, force: true })
}

function loadMs(pack: string): number {
  const program = `
    const { definitions } = await import('./src/modules.ts')
    const { loadPack } = await import('./src/pack/public.ts')
    const before = process.cpuUsage()
    const { mistakes } = await loadPack('governments/${pack}', definitions)
    if (mistakes.length > 0) throw new Error(mistakes[0].text.en)
    const { user, system } = process.cpuUsage(before)
    console.log((user + system) / 1000)`
  const options = ['--conditions=source', '--import', './scripts/sources.mjs', '--input-type=module', '--eval', program]
  return Number(execFileSync(process.execPath, options, { cwd: new URL('..', import.meta.url), encoding: 'utf8' }))
}
