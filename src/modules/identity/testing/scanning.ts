// What a camera does with a drawn code, and what a browser does that waits for a phone. For tests.
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import decodeQr from 'qr/decode.js'

const modulePx = 4

/** Reads a drawn code from its picture, as a camera sees it. */
export function readCode({ size, path }: { size: number; path: string }): string {
  const width = size * modulePx
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let down = 0; down < modulePx; down++)
      for (let right = 0; right < Number(length) * modulePx; right++)
        data.fill(
          0,
          at(Number(x) * modulePx + right, Number(y) * modulePx + down),
          at(right + Number(x) * modulePx, Number(y) * modulePx + down) + 3,
        )
  function at(x: number, y: number) {
    return (y * width + x) * 4
  }
  return decodeQr({ width, height: width, data })
}

/** A browser that shows a code. `app` of another process goes on where the first began. */
export async function showCode(
  app: FastifyInstance,
  {
    next = '/account',
    ip = '198.51.100.7',
    userAgent = firefox,
  }: { next?: string; ip?: string; userAgent?: string } = {},
) {
  const url = `/sign-in/phone.json?next=${encodeURIComponent(next)}`
  const shown = await app.inject({ url, remoteAddress: ip, headers: { 'user-agent': userAgent } })
  assert.equal(shown.statusCode, 200, shown.body)
  const { value } = shown.cookies.find(({ name }) => name === 'praya_phone')!
  const headers = { cookie: `praya_phone=${value}`, 'user-agent': userAgent }
  const look = async (at = app) => (await at.inject({ url: '/sign-in/phone.json', headers, remoteAddress: ip })).json()
  return {
    headers,
    look,
    /** The address in the code of this second. */
    scan: async (at = app) => readCode((await look(at)).code),
    number: async () => (await look()).number as number,
    finish: (at = app, own: Record<string, string> = headers) =>
      at.inject({ method: 'POST', url: '/sign-in/phone/finish', headers: own, payload: {}, remoteAddress: ip }),
  }
}

export const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
