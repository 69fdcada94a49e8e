import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { projectFolder } from '#platform'
import { scopes } from '../src/modules/services/acts.ts'
import { sendApplication } from '../src/modules/services/testing/cases.ts'
import { aClient } from './logins.ts'
import { aListeningSite } from './relying-party.ts'

const guide = readFileSync(fileURLToPath(new URL('docs/guides/call-the-api.md', projectFolder)), 'utf8')
const started = await aListeningSite()

test('the guide’s commands read the cases of a department', async () => {
  const SECRET = 'of-this-test-alone'
  const CLIENT = await aClient(started, 'tide-program', {}, { secret: SECRET, organisation: 'tide-station' })
  const reference = await sendApplication(started)
  const [, commands = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(guide) ?? []
  const here = commands.replaceAll('http://localhost:8080', started.site)
  const { stdout } = await promisify(execFile)('sh', ['-c', here], { env: { ...process.env, CLIENT, SECRET } })
  assert.ok(stdout.includes(reference), stdout)
})

test('the guide names every scope, and which of them a program has by itself', () => {
  for (const [name, scope] of Object.entries(scopes)) {
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\``))
    assert.ok(row?.endsWith('permissions' in scope ? '| yes |' : '| no |'), name)
  }
})
