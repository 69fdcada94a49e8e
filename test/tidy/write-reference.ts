// Writes docs/reference again: `npm run reference`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { root } from './project.ts'
import { reference } from './reference.ts'

test('the reference is written', async () => {
  mkdirSync(`${root}docs/reference`, { recursive: true })
  for (const [path, text] of await reference()) writeFileSync(root + path, text)
})
