import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '#platform'
import { freePort, readyStatus } from './running/praya.ts'

const project = fileURLToPath(projectFolder)
const page = readFileSync(join(project, 'docs/start.md'), 'utf8')
const startMsMax = 300_000

/** The commands of the page in order, each with the lines that the page says it prints. */
const steps = [...page.matchAll(/```sh\n([\s\S]*?)```(?:(?!```)[\s\S])*?```text\n([\s\S]*?)```/g)].map(
  ([, commands, output]) => ({
    commands: commands!.trim(),
    output: output!.trim().split('\n'),
  }),
)

/** What git would clone, with the changes that are not committed yet, in a folder of its own. */
function cloneProject(): string {
  const clone = mkdtempSync(join(tmpdir(), 'praya-clone-'))
  after(() => rmSync(clone, { recursive: true, force: true }))
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: project })
  for (const file of list.toString().split('\0').filter(Boolean)) {
    mkdirSync(join(clone, dirname(file)), { recursive: true })
    cpSync(join(project, file), join(clone, file), { force: true })
  }
  return clone
}

test('every command of docs/start.md does in a fresh clone what the page says', async () => {
  assert.ok(steps.length >= 5, 'the page has commands')
  const clone = cloneProject()
  const port = String(await freePort())
  const own = Object.entries(process.env).filter(([name]) => !/^(PRAYA_|PG|NODE_|npm_|LANG$|LC_)/.test(name))
  // As a person's own terminal has it: without the programs of this project in the path.
  const path = (process.env.PATH ?? '')
    .split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':')
  const env = { ...Object.fromEntries(own), PATH: path, PRAYA_PORT: port, LANG: 'en_GB.UTF-8' }
  const here = (text: string) => text.replaceAll('localhost:8080', `localhost:${port}`)

  const [first, ...rest] = steps
  const praya = spawn('sh', ['-c', `exec ${first!.commands}`], { cwd: clone, env, detached: true })
  let said = ''
  praya.stdout.on('data', (piece) => {
    said += piece
  })
  praya.stderr.on('data', (piece) => {
    said += piece
  })
  const ended = new Promise((resolve) => praya.once('close', resolve))
  after(() => {
    if (praya.exitCode === null) process.kill(-praya.pid!, 'SIGKILL')
  })
  const isUp = () => first!.output.every((line) => said.includes(here(line)))
  for (let waited = 0; !isUp() && waited < startMsMax; waited += 200) {
    assert.equal(praya.exitCode, null, said)
    await pause(200)
  }
  for (const line of first!.output) assert.ok(said.includes(here(line)), `“${line}” is not in:\n${said}`)
  assert.equal(await readyStatus(`http://127.0.0.1:${port}`), 200)

  for (const { commands, output } of rest) {
    const printed = execFileSync('bash', ['-ec', here(commands)], { cwd: clone, env, maxBuffer: 50_000_000 }).toString()
    for (const line of output)
      assert.ok(printed.includes(line), `“${line}” is not in what this prints: ${commands}\n${printed.slice(0, 2000)}`)
  }
  process.kill(-praya.pid!, 'SIGINT')
  await ended
})
