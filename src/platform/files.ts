import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { S3mini } from 's3mini'

/** Where bytes are kept, under the SHA-256 of what they are: the same file twice is one file, and none can be changed. */
export type Files = {
  /** Keeps `bytes` and returns their address. Durable when it returns. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes at an address, or undefined. Throws if they are not what the address says. */
  find(sha256: string): Promise<Uint8Array | undefined>
}

/** A folder, or `s3://bucket/prefix?endpoint=…&region=…` with the usual AWS_ variables for its keys. */
export function openFiles(address: { folder: string } | { s3: string; env: NodeJS.ProcessEnv }): Files {
  return 'folder' in address ? folderFiles(address.folder) : s3Files(address.s3, address.env)
}

const addressOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const addressPattern = /^[0-9a-f]{64}$/

function checked(sha256: string, bytes: Uint8Array): Uint8Array {
  if (addressOf(bytes) !== sha256) throw new Error(`File ${sha256} is damaged: its content has another address`)
  return bytes
}

function folderFiles(folder: string): Files {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    async put(bytes) {
      const sha256 = addressOf(bytes)
      const path = pathOf(sha256)
      // Read, not only looked for: putting a file again mends one that was damaged.
      if (await this.find(sha256).catch(() => undefined)) return sha256
      await mkdir(dirname(path), { recursive: true })
      // Written aside, made durable, then named: a crash leaves a stray file, never a wrong one; an error leaves none.
      const aside = `${path}.${randomUUID()}`
      try {
        await writeFile(aside, bytes, { flag: 'wx', flush: true })
        await rename(aside, path)
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
      await syncFolder(folder)
      return sha256
    },
    async find(sha256) {
      if (!addressPattern.test(sha256)) return undefined
      const bytes = await readFile(pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      return bytes && checked(sha256, bytes)
    },
  }
}

/** Makes the names in a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

function s3Files(address: string, env: NodeJS.ProcessEnv): Files {
  const url = new URL(address)
  const region = url.searchParams.get('region') ?? env.AWS_REGION ?? 'us-east-1'
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  const prefix = url.pathname.replace(/^\/|\/$/g, '')
  const bucket = new S3mini({
    endpoint: `${endpoint.replace(/\/$/, '')}/${url.hostname}`,
    region,
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
  })
  const keyOf = (sha256: string) => [prefix, sha256.slice(0, 2), sha256].filter(Boolean).join('/')
  return {
    async put(bytes) {
      const sha256 = addressOf(bytes)
      const response = await bucket.putObject(keyOf(sha256), Buffer.from(bytes), 'application/octet-stream')
      if (!response.ok) throw new Error(`The object store answered ${response.status}`)
      return sha256
    },
    async find(sha256) {
      if (!addressPattern.test(sha256)) return undefined
      const bytes = await bucket.getObjectArrayBuffer(keyOf(sha256))
      return bytes ? checked(sha256, new Uint8Array(bytes)) : undefined
    },
  }
}
