import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

/** Packages that few requests need: each is loaded when one does, and costs nothing until then. */
const seldomNeeded = [
  '@libpdf/core',
  '@noble/post-quantum',
  '@sparticuz/chromium',
  '@zip.js/zip.js',
  'nodemailer',
  'playwright-core',
  'read-excel-file',
  'viem',
  'web-push',
  'write-excel-file',
]

test('what few requests need is not loaded at the start', async () => {
  const loaded: string[] = []
  registerHooks({
    load(url, context, next) {
      loaded.push(url)
      return next(url, context)
    },
  })
  await import('../src/modules.ts')
  assert.ok(
    loaded.some((url) => url.includes('/node_modules/echarts/')),
    'the hook sees what is loaded',
  )
  for (const name of seldomNeeded)
    assert.ok(!loaded.some((url) => url.includes(`/node_modules/${name}/`)), `${name} is loaded at the start`)
})
