import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyPage } from './every-page.ts'

const { languages, pages, examineIn } = await everyPage('hongkong')

// The same pages as Testland’s, which are examined in each language: here each in one, by turns, or in the campaign in all.
const isCampaign = process.env.TEST_CAMPAIGN === '1'

for (const [at, spoken] of languages.entries())
  test(`hongkong: ${isCampaign ? 'every page' : 'one page of three'} in ${spoken.language} is without barriers, fits a phone, and is the same without JavaScript`, async (context) => {
    const wrong = await examineIn(spoken, isCampaign ? undefined : { at, of: languages.length })
    context.diagnostic(`${pages} pages`)
    assert.ok(wrong.length === 0, `\n${wrong.join('\n')}`)
  })
