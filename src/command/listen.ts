import type { FastifyInstance } from 'fastify'
import { Refusal } from '../platform/command.ts'
import { texts } from '../platform/languages.ts'
import type { Settings } from './installation.ts'

const closeMs = 10_000

/** Listens and returns the address that was taken. */
export async function listen(app: Pick<FastifyInstance, 'listen'>, settings: Settings): Promise<string> {
  const { PRAYA_HOST: host, PRAYA_PORT: port } = settings
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new Refusal(words.portInUse, { port, host })
    if (code === 'EACCES') throw new Refusal(words.portForbidden, { port })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new Refusal(words.noHost, { host })
    throw error
  }
}

/** Takes no new request, lets those under way end for ten seconds, then cuts them off. */
export async function closeListener(app: Pick<FastifyInstance, 'close' | 'server'>): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closeMs)
  await app.close()
  clearTimeout(timer)
}

const words = texts({
  portInUse: {
    en: 'Port {port} on {host} is in use by another program. Stop that one, or choose another port: PRAYA_PORT=8081 npm start',
    'zh-Hant': '{host} 的連接埠 {port} 正由另一個程式使用。請先停止該程式，或另選連接埠：PRAYA_PORT=8081 npm start',
  },
  portForbidden: {
    en: 'Port {port} may not be used by this user. Choose one above 1023 with PRAYA_PORT.',
    'zh-Hant': '此使用者不可使用連接埠 {port}。請以 PRAYA_PORT 選用 1023 以上的連接埠。',
  },
  noHost: {
    en: '{host} is no address of this machine. Set PRAYA_HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.',
    'zh-Hant': '{host} 不是本機的位址。請把 PRAYA_HOST 設為 127.0.0.1；或設為 0.0.0.0 以使用全部位址。',
  },
})
