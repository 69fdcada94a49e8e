import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyPage } from './every-page.ts'

const { languages, pages, examineIn } = await everyPage('hongkong')

for (const spoken of languages)
  test(`hongkong: every page in ${spoken.language} is without barriers, fits a phone, and is the same without JavaScript`, async (context) => {
    const wrong = await examineIn(spoken)
    context.diagnostic(`${pages} pages`)
    assert.ok(wrong.length === 0, `\n${wrong.join('\n')}`)
  })
