import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Fault } from '../faults.ts'

/** What stands at a path of a log; undefined where nothing does. It is never larger than `bytesMax`. */
export type Read = (path: string, bytesMax: number) => Promise<Uint8Array | undefined>

/** A log on this machine, as it would be served. */
export const readFolder =
  (folder: string): Read =>
  (path, bytesMax) =>
    readFileWithin(join(folder, path), bytesMax, path)

/** A whole file of at most `bytesMax`; undefined where there is none. */
export async function readFileWithin(place: string, bytesMax: number, path = place): Promise<Uint8Array | undefined> {
  let file: FileHandle | undefined
  try {
    file = await open(place)
    const about = await file.stat()
    if (!about.isFile()) throw new Fault('read-failed', { path, why: 'EISDIR' })
    if (about.size > bytesMax) throw new Fault('read-large', { path, max: bytesMax })
    return await file.readFile()
  } catch (error) {
    if (error instanceof Fault) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Fault('read-failed', { path, why: code })
  } finally {
    await file?.close()
  }
}

const redirectsMax = 5
const timeoutMsDefault = 60_000
/** Waits before another try: a server may be busy for a moment. */
const pausesMsDefault: readonly number[] = [250, 1000, 4000]
const busy: readonly number[] = [429, 500, 502, 503, 504]

type Patience = { timeoutMs?: number; pausesMs?: readonly number[] }

/** A log that somebody serves: C2SP tlog-tiles, Parameters. */
export function readAddress(prefix: string, patience: Patience = {}): Read {
  const { timeoutMs = timeoutMsDefault, pausesMs = pausesMsDefault } = patience
  const base = new URL(prefix.endsWith('/') ? prefix : `${prefix}/`)
  return async (path, bytesMax) => {
    for (const pauseMs of pausesMs)
      try {
        return await fetchOnce(base, path, bytesMax, timeoutMs)
      } catch (error) {
        const passes = error instanceof Fault && (error.code === 'read-failed' || error.code === 'read-status')
        if (!passes || (error.code === 'read-status' && !busy.includes(Number(error.values.status)))) throw error
        await wait(pauseMs)
      }
    return fetchOnce(base, path, bytesMax, timeoutMs)
  }
}

/** The time is for the whole of it, so that a server which sends an octet a minute does not hold us. */
async function fetchOnce(base: URL, path: string, bytesMax: number, timeoutMs: number) {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await follow(new URL(path, base), path, signal)
    if (response.status === 200) return await bodyOf(response, path, bytesMax)
    await response.body?.cancel()
    if (response.status === 404 || response.status === 410) return undefined
    throw new Fault('read-status', { path, status: response.status })
  } catch (error) {
    if (error instanceof Fault) throw error
    if (signal.aborted) throw new Fault('read-slow', { path, seconds: timeoutMs / 1000 })
    const { cause, message } = error as Error & { cause?: { code?: string } }
    throw new Fault('read-failed', { path, why: cause?.code ?? message })
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
