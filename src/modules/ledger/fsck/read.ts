import { constants, type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Text, texts } from '#platform'
import { Fault } from '../faults.ts'
import {
  bundleBytesMax,
  type ReadTile,
  type Tile,
  tileBytesMax,
  tileOf,
  tilePath,
  tileWidth,
  unpackBundle,
} from '../tree/tiles.rules.ts'
import { hashBytes } from '../tree/tree.rules.ts'

/** What stands at a path of a log; undefined where nothing does. It is never larger than `bytesMax`. */
export type Read = (path: string, bytesMax: number) => Promise<Uint8Array | undefined>

/** Why something cannot be read, by the code of the system or of the library. */
const reasons: Readonly<Record<string, Text>> = texts({
  EISDIR: { en: 'it is no file', 'zh-Hant': '這不是檔案' },
  EACCES: { en: 'you may not', 'zh-Hant': '你沒有權限' },
  ENOENT: { en: 'there is no such folder', 'zh-Hant': '沒有這個資料夾' },
  ENOSPC: { en: 'the disk is full', 'zh-Hant': '磁碟已滿' },
  ELOOP: { en: 'it is a link that leads to itself', 'zh-Hant': '這是指向自己的連結' },
  ECONNREFUSED: { en: 'nobody answers at this address', 'zh-Hant': '這個網址無人回應' },
  ENOTFOUND: { en: 'there is no server of this name', 'zh-Hant': '沒有這個名稱的伺服器' },
  EAI_AGAIN: { en: 'the name of the server cannot be looked up now', 'zh-Hant': '現時無法查找伺服器名稱' },
  ECONNRESET: { en: 'the server cut the connection', 'zh-Hant': '伺服器中斷了連線' },
  UND_ERR_SOCKET: { en: 'the server cut the connection', 'zh-Hant': '伺服器中斷了連線' },
})

export const reasonOf = (code: string): Text | string => (Object.hasOwn(reasons, code) ? reasons[code]! : code)

/** A log on this machine, as it would be served. */
export const readFolder =
  (folder: string): Read =>
  (path, bytesMax) =>
    readFileWithin(join(folder, path), bytesMax, path)

/** A whole file of at most `bytesMax`; undefined where there is none. `path` is its place in a log. */
export async function readFileWithin(place: string, bytesMax: number, path?: string): Promise<Uint8Array | undefined> {
  const named = path ?? place
  let file: FileHandle | undefined
  try {
    // What is no file, as a pipe, is opened without waiting for its other end.
    file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK)
    const about = await file.stat()
    if (!about.isFile()) throw new Fault('read-failed', { path: named, why: reasonOf('EISDIR') })
    if (about.size > bytesMax) throw new Fault(path ? 'read-large' : 'file-large', { path: named, max: bytesMax })
    return await file.readFile()
  } catch (error) {
    if (error instanceof Fault) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Fault('read-failed', { path: named, why: reasonOf(code) })
  } finally {
    await file?.close()
  }
}

/** A file that must be there; refuses as `no-file`. */
export async function readWhole(place: string, bytesMax: number): Promise<Uint8Array> {
  const bytes = await readFileWithin(place, bytesMax)
  if (!bytes) throw new Fault('no-file', { path: place })
  return bytes
}

const redirectsMax = 5
const timeoutMsDefault = 60_000
/** Waits before another try: a server may be busy for a moment. */
const pausesMsDefault: readonly number[] = [250, 1000, 4000]
const busy: readonly number[] = [429, 500, 502, 503, 504]

/** `signal` ends what is still being read when nobody waits for it any more. */
type Patience = { timeoutMs?: number; pausesMs?: readonly number[]; signal?: AbortSignal }

/** A log that somebody serves: C2SP tlog-tiles, Parameters. */
export function readAddress(prefix: string, patience: Patience = {}): Read {
  const { timeoutMs = timeoutMsDefault, pausesMs = pausesMsDefault, signal } = patience
  if (!URL.canParse(prefix)) throw new Fault('address-form', { where: prefix })
  const base = new URL(prefix.endsWith('/') ? prefix : `${prefix}/`)
  return async (path, bytesMax) => {
    for (const pauseMs of pausesMs)
      try {
        return await fetchOnce(base, path, bytesMax, timeoutMs, signal)
      } catch (error) {
        const passes = error instanceof Fault && (error.code === 'read-failed' || error.code === 'read-status')
        if (!passes || (error.code === 'read-status' && !busy.includes(Number(error.values.status)))) throw error
        await wait(pauseMs, undefined, { signal })
      }
    return fetchOnce(base, path, bytesMax, timeoutMs, signal)
  }
}

/** The time is for the whole of it, so that a server which sends an octet a minute does not hold us. */
async function fetchOnce(base: URL, path: string, bytesMax: number, timeoutMs: number, ended?: AbortSignal) {
  const late = AbortSignal.timeout(timeoutMs)
  try {
    const response = await follow(new URL(path, base), path, AbortSignal.any(ended ? [late, ended] : [late]))
    if (response.status === 200) return await bodyOf(response, path, bytesMax)
    await response.body?.cancel()
    if (response.status === 404 || response.status === 410) return undefined
    throw new Fault('read-status', { path, status: response.status })
  } catch (error) {
    if (error instanceof Fault) throw error
    if (late.aborted) throw new Fault('read-slow', { path, seconds: timeoutMs / 1000 })
    const { cause, message } = error as Error & { cause?: { code?: string } }
    throw new Fault('read-failed', { path, why: reasonOf(cause?.code ?? message) })
  }
}

async function follow(first: URL, path: string, signal: AbortSignal): Promise<Response> {
  let address = first
  for (let sent = 0; sent <= redirectsMax; sent += 1) {
    const response = await fetch(address, { redirect: 'manual', signal, headers: { 'user-agent': 'praya-ledger' } })
    const to = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || to === null) return response
    await response.body?.cancel()
    if (!URL.canParse(to, address)) break
    address = new URL(to, address)
    if (!/^https?:$/.test(address.protocol)) break
  }
  throw new Fault('read-redirects', { path, max: redirectsMax })
}

/** Counted as it is unpacked, so that a small answer cannot become a large one. */
async function bodyOf({ body }: Response, path: string, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new Fault('read-large', { path, max: bytesMax })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The hashes of tiles side by side. Throws the fault where one is missing or not as long as its width says. */
export const tilesBy =
  (read: Read): ReadTile =>
  async (tile) => {
    const { bytes, found } = await readStored(read, tile, tileBytesMax)
    return tileOf(bytes, found).subarray(0, tile.width * hashBytes)
  }

/** The entries of a bundle. Throws the fault where it is missing or cannot be read. */
export async function readBundle(read: Read, bundle: Tile): Promise<Uint8Array[]> {
  const { bytes, found } = await readStored(read, bundle, bundleBytesMax)
  return unpackBundle(bytes, found).slice(0, bundle.width)
}

/** The entries of a bundle that a tree of this size has not yet. */
export async function freshOf(read: Read, bundle: Tile, size: bigint): Promise<Uint8Array[]> {
  const known = bundle.index === size / BigInt(tileWidth) ? Number(size % BigInt(tileWidth)) : 0
  return (await readBundle(read, bundle)).slice(known)
}

/** C2SP tlog-tiles, Partial Tiles: once the full tile or bundle is there, a log may take the partial one away. */
async function readStored(read: Read, tile: Tile, bytesMax: number): Promise<{ bytes: Uint8Array; found: Tile }> {
  const path = tilePath(tile)
  const bytes = await read(path, bytesMax)
  if (bytes) return { bytes, found: tile }
  const found = { ...tile, width: tileWidth }
  const full = tile.width < tileWidth ? await read(tilePath(found), bytesMax) : undefined
  if (!full) throw new Fault('read-missing', { path })
  return { bytes: full, found }
}
