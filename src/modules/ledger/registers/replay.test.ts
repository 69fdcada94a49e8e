// ./praya ledger replay: what the tiles say of registers, for the operator and for anybody who has only the tiles.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import type { Installation } from '#platform'
import { asPerson, start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import postgres from '../../../platform/driver.ts'
import { exportLog } from '../copies/command.ts'
import { append } from '../log/append.ts'
import { findLog, listLogKeys } from '../log/logs.sql.ts'
import { rotateKeys } from '../log/rotate.ts'
import { openSequencer } from '../log/sequencer.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { parseProof, verifyProof } from '../proofs/proof.rules.ts'
import { call } from '../testing/calls.ts'
import { replay } from './command.ts'
import { openOfPartyMax } from './fold.rules.ts'
import { ensureRegister, getRegister } from './registers.ts'
import { compareLog } from './replay.ts'
import { findCode } from './sealed.ts'
import { printStep, type StepEntry } from './step-entry.rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-replay-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** An installation with a pier of boats, and another process of it. */
async function anInstallation() {
  const one = await start()
  const other = await start({ beside: { urls: one.urls } })
  const sequencer = openSequencer(one.installation, pino({ level: 'silent' }))
  const by = asPerson({
    id: 'registrar',
    organisation: 'tide-station',
    permissions: ['ledger:keep-register'],
    level: 3,
  })
  const post = (app: typeof one.app, url: string, payload: object, below = '') =>
    app.inject({
      ...{ method: 'POST', url: `${below}/ledger/registers/${url}`, headers: by },
      payload: { token: randomUUID(), party: 'registry', ...payload },
    })
  const aBoat = (app = one.app) =>
    post(app, 'boats/items', { step: 'register', 'field.name': 'Gull', 'field.hull': randomUUID().slice(0, 13) })
  const withInstallation = <Result>(work: (installation: Installation) => Promise<Result>) => work(one.installation)
  const verb = (given: string[], options = {}) => call(replay, given, options, 'en', withInstallation)
  const key = async () => {
    const log = (await findLog(one.sql, 'harbour'))!
    return (await listLogKeys(one.sql, log.id)).find(({ kind }) => kind === 'ed25519')!.vkey
  }
  return { ...one, other, sequencer, post, aBoat, verb, key, withInstallation }
}

test('the verb compares the tables with the tiles, and who has the tiles alone computes the same root', async () => {
  const { sequencer, aBoat, verb, key, withInstallation } = await anInstallation()
  for (let each = 0; each < 5; each += 1) assert.equal((await aBoat()).statusCode, 201)
  const early = await verb(['harbour'])
  assert.equal(early.code, 0, early.out + early.errors)
  await sequencer.tick()
  const own = await verb(['harbour'])
  assert.equal(own.code, 0)
  assert.match(own.out, /boats: 5 items, root [0-9a-f]{64}/)
  assert.match(own.out, /The tables hold exactly what the entries say: /)
  const copy = join(folder, 'copy')
  assert.equal((await call(exportLog, ['harbour', copy], {}, 'en', withInstallation)).code, 0)
  const anybody = await verb([copy], { key: await key() })
  assert.equal(anybody.code, 0, anybody.errors)
  assert.equal(anybody.out, own.out.split('\n').slice(0, -1).join('\n'))
  const bundles = join(copy, 'tile/entries')
  const [partial] = readdirSync(bundles, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  const path = join(partial!.parentPath, partial!.name)
  writeFileSync(
    path,
    readFileSync(path).map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
  )
  assert.equal((await verb([copy], { key: await key() })).code, 1)
  assert.equal((await verb(['nowhere'])).code, 2)
  assert.match((await verb(['nowhere'])).errors, /There is no log/)
})

test('whatever of rules, items and steps the tables hold otherwise than the log is named', async () => {
  const { sequencer, aBoat, verb, urls } = await anInstallation()
  for (let each = 0; each < 3; each += 1) assert.equal((await aBoat()).statusCode, 201)
  await sequencer.tick()
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  after(() => owner.end())
  for (const table of ['item', 'step', 'rule_set'])
    await owner.unsafe(`create table public.saved_${table} as table ledger.${table}`)
  const one = 'number = (select min(number) from ledger.item)'
  const item = /^boats\/BT-[0-9A-Z-]+: the table does not hold what the entries say/m
  // biome-ignore format: a table
  const changes = [
    [`update ledger.item set folded = jsonb_set(folded, '{state}', '"scrapped"') where ${one}`,  item],
    [`update ledger.step set took_effect = false where ${one}`,                                   item],
    [`update ledger.step set kind = 'step-refused', proposal = leaf where ${one}`,                item],
    [`update ledger.step set party = 'court' where ${one}`,                                       item],
    [`update ledger.step set entry = 'x' where ${one}`,                                           item],
    [`update ledger.step set acted_at = acted_at + interval '1 day' where ${one}`,                item],
    [`delete from ledger.step where ${one}`,                                                      item],
    ["update ledger.rule_set set leaf = decode(repeat('00', 32), 'hex') where register = 'boats'", /^boats: the table does not hold the rules/m],
  ] as const
  for (const [change, says] of changes) {
    await owner.unsafe(change)
    const told = await verb(['harbour'])
    assert.equal(told.code, 1, change)
    assert.match(told.out, says, change)
    await owner.unsafe(`
      truncate ledger.step cascade;
      update ledger.item set folded = saved.folded from public.saved_item as saved where saved.number = item.number;
      insert into ledger.step table public.saved_step;
      update ledger.rule_set set leaf = saved.leaf from public.saved_rule_set as saved
        where saved.register = rule_set.register and saved.number = rule_set.number`)
    const again = await verb(['harbour'])
    assert.equal(again.code, 0, again.out)
  }
})

test('registers of a log that lost its keys are computed as before', async () => {
  const { installation, sql, sequencer, aBoat, verb } = await anInstallation()
  await aBoat()
  await sequencer.tick()
  await sql.begin((transaction) =>
    rotateKeys(transaction, installation, 'system', { name: 'harbour', lost: true, overlapDays: 0 }),
  )
  await aBoat()
  const told = await verb(['harbour'])
  assert.equal(told.code, 0, told.out + told.errors)
})

test('an entry that somebody wrote past the rules changes nothing, and is named', async () => {
  const { sequencer, aBoat, verb, sql } = await anInstallation()
  await aBoat()
  const [row] = await sql<{ entry: Buffer; leaf: Buffer }[]>`select entry, leaf from ledger.step`
  const said = JSON.parse(row!.entry.toString()) as StepEntry
  const forged: StepEntry = { ...said, step: 'scrap', party: 'owner', as: 'person', prev: row!.leaf.toString('hex') }
  await append(sql, 'harbour', [printStep(forged)])
  await sequencer.tick()
  const told = await verb(['harbour'])
  assert.equal(told.code, 1)
  assert.match(told.out, /Entry \d+ has no effect: it breaks the rules of its register \(holder-other\)\./)
})

test('rules that change while two processes enter steps stand in the log between the steps that each of them judged', async () => {
  const { sequencer, aBoat, other, installation } = await anInstallation()
  const boats = getRegister(installation, 'boats')
  const work = Array.from({ length: 30 }, async (_, at) => {
    if (at % 10 === 5) {
      const changed = { ...boats, openDays: 100 + at }
      await Promise.all([ensureRegister(installation, changed), ensureRegister(other.installation, changed)])
      return undefined
    }
    return aBoat(at % 2 === 0 ? undefined : other.app)
  })
  const answers = (await Promise.all(work)).filter((each) => each !== undefined)
  for (const { statusCode, body } of answers) assert.equal(statusCode, 201, body)
  await sequencer.tick()
  const compared = (await compareLog(installation, 'harbour'))!
  assert.deepEqual([compared.broken, compared.different], [[], []])
  const versions = compared.registers.get('boats')!.rules.all.size
  assert.ok(versions >= 4, `${versions} versions`)
  await assert.rejects(ensureRegister(installation, { ...boats, keeper: 'counting-house' }), /is kept by tide-station/)
})

test('steps of one item by two processes at once stand in the order in which they were judged', async () => {
  const { sequencer, aBoat, other, app, post, installation } = await anInstallation()
  const { number } = (await aBoat()).json<{ number: string }>()
  const freeze = { step: 'freeze', 'field.order': '1', reason: 'x' }
  const all = await Promise.all(
    Array.from({ length: 16 }, (_, at) => post(at % 2 ? app : other.app, `boats/items/${number}/steps`, freeze)),
  )
  assert.equal(all.filter(({ statusCode }) => statusCode === 201).length, openOfPartyMax)
  for (const refused of all.filter(({ statusCode }) => statusCode !== 201))
    assert.equal(refused.json<{ type: string }>().type, '/problems/ledger.open-too-many')
  await sequencer.tick()
  const compared = (await compareLog(installation, 'harbour'))!
  assert.deepEqual([compared.broken, compared.different], [[], []])
  assert.equal(compared.registers.get('boats')!.items.get(number)!.entries, 1 + openOfPartyMax)
})

test('whoever holds an item is told what others did, and what an item held can be erased with its proofs intact', async () => {
  const { app, sql, installation, sequencer, post, aBoat, verb, key } = await anInstallation()
  const { somebody } = actingIn({ app, sql })
  const ada = await somebody({ level: 2 })
  const { number } = (await aBoat()).json<{ number: string }>()
  const { leaf } = (await post(app, `boats/items/${number}/steps`, { step: 'hand-over' })).json<{ leaf: string }>()
  const code = (await findCode(sql, installation, Buffer.from(leaf, 'hex')))!
  const taken = await app.inject({
    ...{ method: 'POST', url: `/ledger/registers/boats/items/${number}/proposals/${leaf}`, headers: ada.headers },
    payload: { token: randomUUID(), party: 'buyer', answer: 'approved', code },
  })
  assert.equal(taken.statusCode, 201, taken.body)
  const renamed = await post(app, `boats/items/${number}/steps`, { step: 'rename', 'field.name': 'x' })
  const { leaf: rename } = renamed.json<{ leaf: string }>()
  const inbox = (await app.inject({ url: '/account/inbox', headers: ada.headers })).body
  assert.match(inbox, new RegExp(`Waits for you: Rename, boat ${number}`))
  const erase = () => post(app, `boats/items/${number}/erase`, {}, '/office')
  assert.equal((await erase()).statusCode, 409)
  const withdrawn = await post(app, `boats/items/${number}/proposals/${rename}`, { answer: 'refused' })
  assert.equal(withdrawn.statusCode, 201, withdrawn.body)
  for (const each of [1, 2]) assert.equal((await erase()).statusCode, 303, `time ${each}`)
  assert.equal((await sql`select from platform.audit_event where event = 'ledger.item-erased'`).length, 1)
  const [left] = await sql<{ kept: number }[]>`
    select count(*)::int as kept from ledger.step
    where number = ${number} and (salt is not null or content is not null)`
  assert.equal(left!.kept, 0)
  await sequencer.tick()
  const told = await verb(['harbour'])
  assert.equal(told.code, 0, told.out)
  const policy = policyOfKey(parseVerifierKey(await key()))
  const steps = await sql<{ leaf: Buffer }[]>`select leaf from ledger.step where number = ${number}`
  assert.equal(steps.length, 5)
  for (const { leaf } of steps) {
    const { headers } = await app.inject({ url: `/ledger/logs/harbour/leaves/${leaf.toString('hex')}` })
    const proof = await app.inject({ url: `${String(headers.location)}/proof` })
    verifyProof(parseProof(proof.rawPayload), leaf, policy)
  }
  assert.equal(
    (await post(app, `boats/items/${number}/steps`, { step: 'freeze', reason: 'x', 'field.order': '1' })).statusCode,
    410,
  )
})
