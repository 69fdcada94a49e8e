/*
 * Compiles src/ to dist/, which plain `node dist/main.js start` runs. Migrations, styles and packs are read from where
 * they lie, so src/ and governments/ stay beside dist/.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(project)
rmSync('dist', { recursive: true, force: true })
const tsc = join('node_modules', '.bin', 'tsc')
const { status } = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (status === 0)
  for (const path of globSync('src/**/*.{css,js,svg,png,ico}')) cpSync(path, path.replace(/^src/, 'dist'))
process.exitCode = status === 0 && existsSync('dist/main.js') ? 0 : 1
