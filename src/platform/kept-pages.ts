import type { ServerResponse } from 'node:http'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A page as it is sent; the smaller form is made when the first browser asks for it. Bytes, so that it is encoded once. */
export type PageBytes = { plain: Buffer; brotli?: Buffer }

const bytesMax = 32_000_000
/** With its key, and with room for the smaller form, which is never larger than the plain one by more than a few bytes. */
const bytesOf = (key: string, page: PageBytes) => 2 * (key.length + page.plain.length)
const brotliQuality = 4

/**
 * Pages of public addresses, kept for seconds for people who are not signed in. However many ask at once, one request
 * makes the page: the others wait for it, or get the one before while that is not older than twice its time.
 */
export function keepPages() {
  const kept = new Map<string, { page: PageBytes; until: number; stale: number }>()
  const making = new Map<string, PromiseWithResolvers<void>>()
  let bytes = 0

  const drop = (key: string) => {
    const entry = kept.get(key)
    if (entry) bytes -= bytesOf(key, entry.page)
    kept.delete(key)
  }
  const settle = (key: string) => {
    making.get(key)?.resolve()
    making.delete(key)
  }

  return {
    /** The page to send; undefined tells the caller to make it, and to `put` it. */
    async find(key: string, response: ServerResponse): Promise<PageBytes | undefined> {
      const now = performance.now()
      const before = kept.get(key)
      if (before && before.until > now) return before.page
      const other = making.get(key)
      if (other) {
        if (before && before.stale > now) return before.page
        await other.promise
        const made = kept.get(key)
        return made === before ? undefined : made?.page
      }
      making.set(key, Promise.withResolvers())
      // Whatever becomes of the request that makes it, nobody waits for ever.
      for (const end of ['finish', 'close']) response.once(end, () => settle(key))
      return undefined
    },
    put(key: string, page: PageBytes, seconds: number): void {
      drop(key)
      const until = performance.now() + seconds * 1000
      kept.set(key, { page, until, stale: until + seconds * 1000 })
      bytes += bytesOf(key, page)
      for (const oldest of kept.keys()) {
        if (bytes <= bytesMax) break
        drop(oldest)
      }
      settle(key)
    },
  }
}

/** RFC 9110, §12.5.3: whether the browser can read brotli, and did not refuse it with `q=0`. */
export const readsBrotli = ({ headers }: FastifyRequest) =>
  /(^|[\s,])br\s*(,|$|;\s*q=(1|0\.\d*[1-9]))/.test(headers['accept-encoding'] ?? '')

/** Sends a page, compressed where the browser can read that. */
export function sendPage(reply: FastifyReply, page: PageBytes): FastifyReply {
  reply.header('vary', 'accept, accept-encoding, accept-language, cookie').type('text/html; charset=utf-8')
  if (!readsBrotli(reply.request)) return reply.send(page.plain)
  page.brotli ??= brotliCompressSync(page.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
  return reply.header('content-encoding', 'br').send(page.brotli)
}
