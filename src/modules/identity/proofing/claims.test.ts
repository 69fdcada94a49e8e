import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { dora, ebb, startProving } from '../../../../test/proving.ts'
import postgres from '../../../platform/driver.ts'
import { provenFields, verifiedNameOf } from './claims.ts'

const { sql, installation, urls, newcomer, type, prove } = await startProving()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

test('what is proven of a person is told with who verified it, and how; what ended is not', async () => {
  const who = await newcomer()
  assert.deepEqual(await provenFields(sql, installation, who.id), [])
  await prove(who, dora)
  const fields = await provenFields(sql, installation, who.id)
  assert.deepEqual(
    fields.map(({ field, value, verifiedBy, method }) => [field, value, verifiedBy, method]),
    [
      ['family-name', 'OPIER SMITH', 'counting-house', 'register'],
      ['given-name', 'dora', 'counting-house', 'register'],
      ['birth-date', '2000-02-29', 'counting-house', 'register'],
      ['document-number', 'T0000044X', 'counting-house', 'register'],
      ['document-kind', 'quay-pass', 'counting-house', 'register'],
    ],
  )
  assert.deepEqual(await verifiedNameOf(sql, installation, who.id), { family: 'OPIER SMITH', given: 'dora' })
  await sql`update identity.proof set withdrawn_at = now(), withdrawn_by = 'x', withdrawn_reason = 'own-wish' where person_id = ${who.id}`
  assert.deepEqual(await provenFields(sql, installation, who.id), [])
})

test('a copy of the whole database gives away no number, birth date or name, in any usual disguise', async () => {
  const [proven, failed, typing] = [await newcomer(), await newcomer(), await newcomer()]
  await prove(proven, dora)
  await prove(failed, { ...ebb, born: '1967-08-09' })
  await type(typing, { ...dora, number: 'T00000888' })
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name
    from information_schema.tables
    where table_schema in ('platform', 'identity', 'estimates', 'services', 'graphile_worker') and table_type = 'BASE TABLE'`
  let dump = ''
  for (const { name } of tables)
    for (const { row } of await owner.unsafe<{ row: string }[]>(`select t::text as row from ${name} as t`))
      dump += `${row}\n`
  dump = dump.toLowerCase()
  assert.ok(dump.includes(proven.id))
  const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest()
  for (const [number, kind] of [
    ['T0000044X', 'quay-pass'],
    ['T00000773', 'quay-pass'],
    ['T00000888', 'quay-pass'],
  ] as const) {
    const digits = number.replace(/\D/g, '')
    const forms = [
      number,
      number.toLowerCase(),
      digits.slice(-6) + (number.endsWith('X') ? 'x' : ''),
      `${kind} ${number}`,
    ]
    const plain = [
      number,
      [...number].reverse().join(''),
      Buffer.from(number).toString('hex'),
      Buffer.from(number).toString('base64'),
    ]
    const hashed = ['sha256', 'md5', 'sha1', 'sha512'].flatMap((algorithm) =>
      forms.flatMap((form) => [hash(algorithm, form).toString('hex'), hash(algorithm, form).toString('base64')]),
    )
    for (const each of [...plain, ...hashed]) assert.ok(!dump.includes(each.toLowerCase()), `${number} as ${each}`)
  }
  for (const each of ['2000-02-29', '1967-08-09', 'OPIER', '1966-06-06'])
    assert.ok(!dump.includes(each.toLowerCase()), each)
})
