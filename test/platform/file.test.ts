import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Files, openFiles } from '../../src/platform/files.ts'

const folder = await mkdtemp(join(tmpdir(), 'praya-files-'))
after(() => rm(folder, { recursive: true, force: true }))
const store = await anObjectStore()

/** Both kinds, with a way to spoil what they keep. */
const kinds: readonly { name: string; files: Files; spoil: (sha256: string) => Promise<void> }[] = [
  {
    name: 'folder',
    files: openFiles({ folder: join(folder, 'kept') }),
    spoil: (sha256) => truncate(join(folder, 'kept', sha256.slice(0, 2), sha256), 1),
  },
  {
    name: 'object store',
    files: openFiles({ s3: store.address, env: store.env }),
    spoil: store.spoil,
  },
]

const addressOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

for (const { name, files, spoil } of kinds) {
  test(`${name}: what was put is found under the hash of what it is, as often as it is put`, async () => {
    for (const bytes of [Buffer.from('海旁'), Buffer.alloc(0), randomBytes(3_000_000), Buffer.from([0, 255, 13, 10])]) {
      const sha256 = await files.put(bytes)
      assert.equal(sha256, addressOf(bytes))
      assert.equal(await files.put(bytes), sha256)
      assert.deepEqual(Buffer.from((await files.find(sha256))!), bytes)
    }
  })

  test(`${name}: the same file put by many at once is one file, and whole`, async () => {
    const bytes = randomBytes(500_000)
    const put = await Promise.all(Array.from({ length: 10 }, () => files.put(bytes)))
    assert.deepEqual([...new Set(put)], [addressOf(bytes)])
    assert.deepEqual(Buffer.from((await files.find(put[0]!))!), bytes)
  })

  test(`${name}: a file that was damaged is not handed out, and putting it again mends it`, async () => {
    const bytes = randomBytes(1000)
    const sha256 = await files.put(bytes)
    await spoil(sha256)
    await assert.rejects(files.find(sha256), /damaged/)
    await files.put(bytes)
    assert.deepEqual(Buffer.from((await files.find(sha256))!), bytes)
  })

  test(`${name}: an address that is none leads nowhere, and never out of the store`, async () => {
    const addresses = [
      '',
      'x',
      '../../../etc/passwd',
      'A'.repeat(64),
      'a'.repeat(63),
      `${'a'.repeat(64)}/..`,
      `${'a'.repeat(64)}\n`,
      '/etc/passwd',
      'a'.repeat(64),
    ]
    for (const address of addresses) assert.equal(await files.find(address), undefined, address)
  })
}

test('folder: one that dies while it writes leaves no wrong file, and the next one can write it', async () => {
  const kept = join(folder, 'crash')
  const bytes = Buffer.alloc(60_000_000, 'x')
  const sha256 = addressOf(bytes)
  const files = fileURLToPath(new URL('../../src/platform/files.ts', import.meta.url))
  const program = `
    import { openFiles } from ${JSON.stringify(files)}
    const put = openFiles({ folder: ${JSON.stringify(kept)} }).put(Buffer.alloc(${bytes.length}, 'x'))
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(process.argv[1]))
    await put`
  const run = promisify(execFile)
  let died = 0
  for (const afterMs of [0, 5, 20, 40, 80]) {
    const flags = ['--conditions=source', '--input-type=module', '--eval', program, '--', String(afterMs)]
    died += await run(process.execPath, flags).then(
      () => 0,
      ({ signal }) => (signal === 'SIGKILL' ? 1 : 0),
    )
    const found = await openFiles({ folder: kept }).find(sha256)
    assert.ok(found === undefined || Buffer.from(found).equals(bytes), `after ${afterMs} ms`)
    await rm(join(kept, sha256.slice(0, 2), sha256), { force: true })
  }
  assert.ok(died >= 3, `it died in the middle ${died} times`)
  assert.equal(await openFiles({ folder: kept }).put(bytes), sha256)
})

test('folder: a folder that cannot be written to is an error and no loss', async () => {
  const blocked = join(folder, 'blocked')
  await writeFile(blocked, 'a file where the folder should be')
  await assert.rejects(openFiles({ folder: blocked }).put(Buffer.from('x')))
  assert.equal(await readFile(blocked, 'utf8'), 'a file where the folder should be')
})

test('folder: what cannot be kept leaves no piece behind', async () => {
  const kept = join(folder, 'taken')
  const sha256 = addressOf(Buffer.from('x'))
  await mkdir(join(kept, sha256.slice(0, 2), sha256, 'a folder where the file should be'), { recursive: true })
  await assert.rejects(openFiles({ folder: kept }).put(Buffer.from('x')))
  assert.deepEqual(await readdir(join(kept, sha256.slice(0, 2))), [sha256])
})

test('object store: a store that refuses, or is away, is an error and no missing file', async () => {
  const wrong = openFiles({ s3: store.address.replace('praya-test', 'no-such-bucket'), env: store.env })
  await assert.rejects(wrong.put(Buffer.from('x')))
  const away = openFiles({ s3: 's3://praya-test?endpoint=http://127.0.0.1:9', env: store.env })
  await assert.rejects(away.put(Buffer.from('x')))
  await assert.rejects(away.find('a'.repeat(64)))
})

test('object store: a prefix keeps two installations apart', async () => {
  const other = openFiles({ s3: store.address.replace('/files', '/other'), env: store.env })
  const sha256 = await kinds[1]!.files.put(Buffer.from('only here'))
  assert.equal(await other.find(sha256), undefined)
})

/** An S3 of our own on loopback. */
async function anObjectStore() {
  const { default: S3rver } = await import('s3rver')
  const directory = join(folder, 's3')
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'praya-test', configs: [] }],
  })
  const { port } = await server.run()
  after(() => server.close())
  const spoil = async (sha256: string) => {
    const inside = await readdir(directory, { recursive: true })
    const object = inside.find((path) => path.includes(sha256) && path.endsWith('._S3rver_object'))!
    await truncate(join(directory, object), 1)
  }
  const env = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }
  return { address: `s3://praya-test/files?endpoint=http://127.0.0.1:${port}&region=us-east-1`, env, spoil }
}
