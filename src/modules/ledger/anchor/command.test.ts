// From an empty account to a proof that leads from a document to the chain, as an operator and a stranger go.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import type { Hex } from 'viem'
import type { Installation } from '#platform'
import { start } from '#test'
import { append } from '../log/append.ts'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { call } from '../testing/calls.ts'
import { aChain, aWayTo, missingChain } from '../testing/chain.ts'
import { anchorLogs } from './anchor.ts'
import { anchorCommands } from './command.ts'
import type { AnchorsData } from './types.ts'

const skip = missingChain
const chain = skip ? undefined : await aChain()
const settings = { url: chain?.url ?? '', id: chain?.id ?? 1, everyMinutes: 10, confirmations: 1, gweiMax: 1000 }
const log = 'harbour'
const path = `/ledger/logs/${log}`

async function aPlace(given: Installation['chain'] = settings) {
  const { app, installation, sql, folder } = await start({ chain: given })
  // The rules of registers wait for their places, too; here stands only what these tests enter.
  await sql`delete from ledger.pending`
  await ensureLog(installation, log)
  const sequencer = openSequencer(installation, pino({ level: 'silent' }))
  /** The verb as it is typed. */
  const type = (words: string, options: Record<string, string> = {}, chain: Installation['chain'] = given) => {
    const [verb = '', ...more] = words.split(' ')
    const command = anchorCommands.find(({ name }) => name === `ledger anchor ${verb}`)!
    return call(command, more, options, 'en', (work) => work({ ...installation, chain }))
  }
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const grow = async (...texts: string[]) => {
    await append(
      sql,
      log,
      texts.map((text) => Buffer.from(text)),
    )
    await sequencer.tick()
  }
  return { app, sql, installation, type, file, grow }
}

test('from an account to a contract, an anchor, and a proof that leads there from a document', { skip }, async () => {
  const { app, installation, type, file, grow } = await aPlace()
  const address = (await type('account')).out as Hex
  assert.match(address, /^0x[0-9a-fA-F]{40}$/)
  assert.equal((await type('account')).out, address, 'the same each time')

  const poor = await type('deploy')
  assert.deepEqual([poor.code, poor.out], [1, ''])
  assert.match(poor.errors, /The account cannot pay for gas/)
  await chain!.fund(address)
  const deployed = await type('deploy')
  assert.equal(deployed.code, 0, deployed.errors)
  const contract = /^PRAYA_CHAIN_CONTRACT=(0x[0-9a-fA-F]{40})$/.exec(deployed.out)![1] as Hex

  assert.equal((await type('list')).out, 'Nothing is anchored yet.')
  await grow('a', 'b', 'c')
  const means = { ...installation, chain: { ...settings, contract } }
  await anchorLogs(means)
  assert.match((await type('list harbour')).out, /^harbour: 3 entries, chain 31337\. Sent$/)
  await chain!.client.mine({ blocks: 3 })
  await anchorLogs(means)
  assert.match((await type('list')).out, /harbour: 3 entries, chain 31337\. Final, 20\S+Z, transaction 0x[0-9a-f]{64}/)
  assert.equal((await type('list nowhere')).code, 2)

  // Later entries are none of the anchor; the proof for its size is, whatever became of the log.
  await grow('d', 'e')
  const { anchors, logId } = (await app.inject(`${path}/anchors.json`)).json() as AnchorsData
  assert.deepEqual(
    anchors.map(({ size, state, chain: id }) => [size, state, id]),
    [[3, 'final', 31337]],
  )
  const [event] = await chain!.told(contract)
  assert.deepEqual([event!.log, event!.root], [logId, `0x${anchors[0]!.root}`])
  const takeProof = async (query: string) => {
    const { statusCode, rawPayload } = await app.inject(`${path}/entries/1/proof${query}`)
    assert.equal(statusCode, 200)
    return file(`proof${query.replace('?', '-')}`, rawPayload)
  }
  const [anchored, newest] = [await takeProof('?size=3'), await takeProof('')]
  const { keys } = (await app.inject('/ledger.json')).json().logs.find((each: { name: string }) => each.name === log)
  const key = (keys as string[])[0]!
  const [document, other] = [file('document', 'b'), file('other', 'B')]
  const elsewhere = await chain!.deploy(address)
  const given = { key, rpc: chain!.url, contract }
  // biome-ignore format: a table
  const cases: [proof: string, file: string, options: Record<string, string>, code: number, says: RegExp][] = [
    [anchored, document, given,                                   0, /document is entry 1 of .*harbour, which had 3 entries then\.\nSigned by: .*\nThe contract 0x\w+ on chain 31337 holds this checkpoint since 20\S+Z\.$/],
    [anchored, other,    given,                                   1, /the file is neither entry 1 nor the document/],
    [newest,   document, given,                                   1, /no checkpoint of 5 entries of this log\. Its newest has 3\./],
    [anchored, document, { ...given, contract: elsewhere },       1, /no checkpoint of 3 entries of this log\. Its newest has 0\./],
    [anchored, document, { ...given, contract: address },         2, /There is no contract for checkpoints/],
    [anchored, document, { ...given, rpc: 'http://127.0.0.1:1' }, 2, /The node does not answer/],
    [anchored, document, { ...given, rpc: 'file:///etc/hosts' },  2, /Say whom you trust/],
    [anchored, document, { ...given, contract: '0x12' },          2, /Say whom you trust/],
    [anchored, document, { rpc: chain!.url, contract },           2, /Say whom you trust/],
    [anchored, 'nowhere', given,                                  2, /There is no file nowhere/],
  ]
  for (const [proof, path, options, code, says] of cases) {
    const ended = await type(`verify ${proof} ${path}`, options)
    assert.match(code === 0 ? ended.out : ended.errors, says)
    assert.equal(ended.code, code)
    if (code !== 0) assert.equal(ended.out, '')
  }

  // Who takes over writes, and this installation no longer.
  const to = `0x${'77'.repeat(20)}`
  assert.equal((await type('hand-over 0x1', {}, means.chain)).code, 2)
  assert.equal((await type(`hand-over ${to}`)).code, 2, 'no contract is set')
  assert.equal((await type(`hand-over ${to}`, {}, means.chain)).code, 0)
  const later = { ...means, now: () => new Date(Date.now() + 3_600_000) }
  await assert.rejects(anchorLogs(later), /not-publisher/)
  assert.match(
    (await type('list')).out,
    /harbour: 5 entries, chain 31337\. Waiting\n {2}The contract takes checkpoints from another account only/,
  )
})

test('another root on the chain than the proof leads to is told as two histories', { skip }, async () => {
  const { app, type, file, grow } = await aPlace()
  const address = (await type('account')).out as Hex
  await chain!.fund(address)
  const contract = /(0x[0-9a-fA-F]{40})$/.exec((await type('deploy')).out)![1] as Hex
  await grow('a')
  const [{ abi }, { logIdOf }] = await Promise.all([import('./contract.ts'), import('./anchor.rules.ts')])
  await chain!.client.impersonateAccount({ address })
  const args = [logIdOf(`localhost:8080${path}`), 1n, `0x${'ab'.repeat(32)}`] as const
  const call = { address: contract, abi, functionName: 'anchor', args, chain: null, account: address } as const
  await chain!.landed(await chain!.client.writeContract(call))
  const proof = file('proof', (await app.inject(`${path}/entries/0/proof`)).rawPayload)
  const key = (await app.inject('/ledger.json')).json().logs.find((each: { name: string }) => each.name === log).keys[0]
  const ended = await type(`verify ${proof} ${file('a', 'a')}`, { key, rpc: chain!.url, contract })
  assert.equal(ended.code, 1)
  assert.match(ended.errors, /another root .* two histories/)

  // A node that names a time that no calendar has is not believed, and nothing breaks by it.
  const way = await aWayTo(chain!.url)
  way.after = ({ method }, { result }) =>
    method === 'eth_call' && String(result).length === 2 + 128
      ? { result: `${String(result).slice(0, -16)}${'f'.repeat(16)}` }
      : undefined
  const late = await type(`verify ${proof} ${file('a', 'a')}`, { key, rpc: way.url, contract })
  assert.deepEqual([late.code, late.errors.slice(0, 26)], [2, 'The node contradicts itself'.slice(0, 26)])
})

test('what is not set is asked for, and another chain is sent nothing', { skip }, async () => {
  const { type } = await aPlace()
  const wrong = await type('deploy', {}, { ...settings, id: 5 })
  assert.deepEqual([wrong.code, wrong.out], [1, ''])
  assert.match(wrong.errors, /The node serves another chain/)
  const gone = await type('deploy', {}, { ...settings, url: 'http://127.0.0.1:1' })
  assert.equal(gone.code, 2)
})

test('a log whose checkpoints are anchored says so, one that is not says nothing', async () => {
  const contract = `0x${'12'.repeat(20)}`
  const anchoring = await aPlace({ ...settings, contract })
  await anchoring.grow('a')
  const empty = await anchoring.app.inject({ url: `/eng${path}`, headers: { accept: 'text/html' } })
  assert.match(empty.body, /No checkpoint is on the chain for good yet/)
  assert.equal((await anchoring.app.inject(`${path}/anchors`)).statusCode, 200)
  assert.equal(
    (await anchoring.app.inject(`${path}/entries/0/proof?size=1`)).json().type,
    '/problems/ledger.checkpoint-not-anchored',
  )

  const { app, grow } = await aPlace({ ...settings, contract: undefined })
  await grow('a')
  const page = await app.inject({ url: `/eng${path}`, headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /chain|anchor/i)
  assert.equal((await app.inject(`${path}/anchors.json`)).json().type, '/problems/ledger.not-anchored')
})

test('pages of many anchors follow each other, each anchor once', async () => {
  const { app, sql, grow } = await aPlace({ ...settings, contract: `0x${'12'.repeat(20)}` })
  await grow(...Array.from({ length: 120 }, (_, at) => `${at}`))
  await sql`
    insert into ledger.anchor (log, size, root, checkpoint, chain, contract, queued_at, next_at)
    select log.id, 1, sha256('1'), log.published, chain, ${`0x${'12'.repeat(20)}`}, now(), now()
    from ledger.log, generate_series(1, 2) as chain
    where log.name = ${log}`
  await sql`
    update ledger.anchor
    set state = 'final', settled_at = now(), block_at = now()`
  for (let size = 2; size <= 120; size += 1) {
    await sql`
      insert into ledger.anchor (log, size, root, checkpoint, chain, contract, queued_at, next_at)
      select id, ${size}, sha256('1'), published, 1, ${`0x${'12'.repeat(20)}`}, now(), now()
      from ledger.log
      where name = ${log}`
    await sql`
      update ledger.anchor
      set state = 'final', settled_at = now(), block_at = now()
      where state = 'queued'`
  }
  const seen: number[] = []
  let before: number | null = 1_000_000
  while (before !== null) {
    const { anchors, older } = (await app.inject(`${path}/anchors.json?before=${before}`)).json() as AnchorsData
    seen.push(...anchors.map(({ size }) => size))
    before = older
  }
  assert.deepEqual(
    [...new Set(seen)],
    Array.from({ length: 120 }, (_, at) => 120 - at),
  )
})
