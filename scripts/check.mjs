/* What every change has to pass, side by side: types, form, the shape of the code, and the generated pages. */
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
const checks = {
  types: 'tsc -p . --incremental --tsBuildInfoFile node_modules/.cache/types.json',
  form: 'biome ci --error-on-warnings',
  tidy: 'node --conditions=source --import ./scripts/sources.mjs --test test/tidy.test.ts',
  reference: './praya docs --check',
}

/** Runs one check, says what it said once it has ended, so that they do not mix, and returns whether it passed. */
async function passes([name, command]) {
  const began = Date.now()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece))
  const code = await new Promise((resolve) => child.on('close', resolve))
  process.stdout.write(Buffer.concat(said))
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${code === 0 ? '✔' : '✖'} ${name}: ${command} (${seconds} s)\n`)
  return code === 0
}

const passed = await Promise.all(Object.entries(checks).map(passes))
process.exitCode = passed.every(Boolean) ? 0 : 1
