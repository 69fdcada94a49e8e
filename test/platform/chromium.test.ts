import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { launchChromium } from '../../src/platform/print/chromium.ts'

test('what stands as chromium in the folder for temporary files is not run', async (t) => {
  const environment = { ...process.env }
  const { TMPDIR: before } = environment
  const folder = mkdtempSync(join(tmpdir(), 'praya-test-'))
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true })
  })
  writeFileSync(join(folder, 'chromium'), `#!/bin/sh\ntouch '${folder}/ran'\n`, { mode: 0o755 })
  process.env.TMPDIR = folder
  const browser = await launchChromium({ environment })
  assert.match(browser.version(), /^\d+\.\d+/)
  await browser.close()
  assert.ok(!existsSync(join(folder, 'ran')))
})
