// The page of a witness that has seen something, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { examine, textOf } from '../../../../test/browser/examine.ts'
import { aSigner } from '../testing/keys.ts'
import { makeConsistency } from '../tree/proofs.rules.ts'
import { bodyOf, forkAt, growth, leavesOf, send, signedBy, textOf as textOfLog, watch } from './testing/asking.ts'

const browser = await aBrowser()
const { app, sql, installation } = await start()
await app.listen({ port: 0, host: '127.0.0.1' })
const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`

const odd = aSigner(`log.example/${'a-long-name-without-a-place-to-break'.repeat(5)}`)
await watch(sql, odd, aSigner('log.example/quiet'))
await send(app, growth(odd, 0, leavesOf(1234)))
await send(app, bodyOf(1234, [], signedBy(textOfLog(odd, leavesOf(1234, forkAt(7))), odd)))
await send(app, bodyOf(1234, [], signedBy(textOfLog(odd, leavesOf(7)), odd)))
const grown = leavesOf(2000, forkAt(7))
await send(app, bodyOf(1234, makeConsistency(grown, 1234n), signedBy(textOfLog(odd, grown), odd)))

for (const { language, address } of installation.pack.government.languages)
  test(`the page of a witness in ${language} is without barriers, fits a phone, and is the same without JavaScript`, async () => {
    const url = `${site}/${address}/ledger/witness`
    const page = await browser.newPage()
    const { wrong, text } = await examine(page, url, language, 200)
    assert.deepEqual(wrong, [])
    assert.match(text, /1,234/)
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await plain.goto(url)
    assert.equal(squeezed(await textOf(plain)), squeezed(text))
    await Promise.all([page.close(), plain.close()])
  })

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
