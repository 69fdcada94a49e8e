// Many cases decided anew by two officers in browsers without a script; and none of the pages has barriers, in any language.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { start } from '#test'
import { aBrowser } from '../../../../../test/browser/browser.ts'
import { barriers } from '../../../../../test/browser/examine.ts'
import { type Service, services } from '../../definitions/service.ts'
import { sendApplication, tideAnswers } from '../../testing/cases.ts'
import { publish } from '../../versions/versions.ts'
import { workOnCohorts } from './work.ts'

const browser = await aBrowser()
const started = await start()
const { app, sql, installation, asPerson } = started
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const officer = (id: string) =>
  asPerson({ id, organisation: 'tide-station', permissions: ['services:work-case', 'services:decide-case'], level: 3 })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]

async function browserOf({ cookie }: { cookie: string }, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: site }])
  return context.newPage()
}

async function assertNoBarriers(path: string): Promise<void> {
  const page = await browserOf(cora, true)
  for (const language of ['eng', 'han', 'jian']) {
    const answered = await page.goto(`${site}/${language}${path}`)
    assert.equal(answered?.status(), 200, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 321, `${path} is ${width} px wide`)
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    assert.deepEqual(await barriers(page, { type: 'tag', values }), [], `${language}${path}`)
  }
  await page.context().close()
}

/** A grant of 20,000 to an application that asks for 25,000. */
async function granted(): Promise<string> {
  const activities = [{ activity_title: 'Rowing', held_on: '2027-03-01', cost: 2_500_000 }]
  const reference = await sendApplication(started, { answers: { ...tideAnswers, activities } })
  const at = `/office/services/cases/${reference}`
  const post = async (what: string, headers: typeof cora, payload: object = {}) => {
    const answered = await app.inject({ method: 'POST', url: `${at}/${what}`, headers, payload })
    assert.equal(answered.statusCode, 200, answered.body)
  }
  await post('claim', cora)
  await post('steps/assess', cora, { seen: 3, 'answer.assessment': 'Sound.' })
  const { number } = (await app.inject({ url: at, headers: cora })).json()
  await post('steps/grant', cora, { seen: number, 'answer.amount_granted': '20000', reasons: ['above-limit'] })
  await post(`proposals/${number + 1}`, dina, { seen: number + 1, answer: 'approved' })
  return reference
}

test('two officers decide cases anew and undo it, without a script and without barriers', async () => {
  const definition = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
  // What an agreement rests on is not changed at once.
  delete definition.apply!.grant
  const version = () => publish(sql, { definition, now: new Date(), by: 'officer-ed' })
  await version()
  await granted()
  definition.apply!.case.rules![0]!.rows[1]!.when[1] = '<= 30000'
  await version()
  const page = await browserOf(cora)
  await page.goto(`${site}/eng/office/services`)
  await page.getByRole('link', { name: 'Many cases at once' }).click()
  await page.getByText('Nothing was done with many cases yet.').waitFor()
  await page.getByRole('link', { name: 'Choose cases' }).click()
  await page.getByRole('combobox').selectOption('tide-grant')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Make the preview' }).click()
  assert.match(await page.title(), /^Error: /)
  assert.match(await page.innerText('.error-summary'), /Choose what is to be done with the cases/)
  await page.getByLabel('Decided anew by other rules').check()
  await page.getByRole('button', { name: 'Make the preview' }).click()
  await page.getByText('0 of 1 cases').waitFor()
  const path = new URL(page.url()).pathname.replace('/eng', '')
  await workOnCohorts(installation)
  await page.getByRole('link', { name: 'Look again' }).click()
  assert.match(
    await page.innerText('main'),
    /Otherwise under the other version: 1 of 1[\s\S]*XTS 20,000[\s\S]*XTS 25,000/,
  )
  await page.getByRole('button', { name: 'Propose it to another officer' }).click()
  await page.getByText('Another officer must approve it.').waitFor()
  await assertNoBarriers(path)

  const other = await browserOf(dina)
  await other.goto(`${site}/eng${path}`)
  await other.getByRole('button', { name: 'Approve and change them (1)' }).click()
  await other.getByText('Being done').waitFor()
  await workOnCohorts(installation)
  await other.getByRole('link', { name: 'Look again' }).click()
  await other.getByRole('button', { name: 'Propose to undo all of it' }).click()
  await other.getByText('Another officer must approve that it is undone.').waitFor()
  await page.goto(`${site}/eng${path}`)
  await page.getByRole('button', { name: 'Approve and undo all of it' }).click()
  await page.getByText('Being undone').waitFor()
  await workOnCohorts(installation)
  await page.getByRole('link', { name: 'Look again' }).click()
  await page.getByText('As it was before (1)').waitFor()
  for (const each of ['', '/new', path.replace('/office/services/cohorts', '')])
    await assertNoBarriers(`/office/services/cohorts${each}`)
})
