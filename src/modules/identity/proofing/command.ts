import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Command, texts } from '#platform'
import { createRegister } from './made-up-register.ts'

const words = texts({
  summary: {
    en: 'Serves the made-up population register of the pack on this machine, for demonstrations. Never for production.',
    'zh-Hant': '在本機提供資料包內的虛構人口登記冊，供示範之用；不可用於正式運作。',
  },
  port: { en: 'The port; without it, any free one', 'zh-Hant': '連接埠；不填則採用任何空置者' },
  token: { en: 'What whoever asks must send as a bearer token', 'zh-Hant': '查詢者須以 bearer token 送出的權杖' },
  wrongPort: {
    en: '“{port}” is no port. Write a number up to 65535.',
    'zh-Hant': '「{port}」不是連接埠。請填 65535 或以下的數字。',
  },
  serving: {
    en: 'The made-up register answers at {url} until Ctrl-C. Start Praya with PRAYA_POPULATION_REGISTER_URL={url}',
    'zh-Hant': '虛構登記冊現於 {url} 提供服務，直至按下 Ctrl-C。請以 PRAYA_POPULATION_REGISTER_URL={url} 啟動 Praya。',
  },
  taken: {
    en: 'Port {port} cannot be used: {why}. Choose another.',
    'zh-Hant': '不能使用連接埠 {port}：{why}。請另選。',
  },
})

/** On the loopback address alone; whoever asks it is told that it is made up, and a real installation believes it nothing. */
const registerCommand: Command = {
  name: 'identity register',
  summary: words.summary,
  options: {
    port: { about: words.port, value: 'PORT' },
    token: { about: words.token, value: 'TOKEN' },
  },
  async run({ options, openPack, print, warn, say }) {
    const port = String(options.port ?? '0')
    if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65535) {
      warn(say(words.wrongPort, { port }))
      return 2
    }
    const server = createRegister(await openPack(), typeof options.token === 'string' ? options.token : undefined)
    try {
      server.listen(Number(port), '127.0.0.1')
      await once(server, 'listening')
    } catch (error) {
      warn(say(words.taken, { port, why: (error as NodeJS.ErrnoException).code ?? '' }))
      return 1
    }
    print(say(words.serving, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
    await once(server, 'close')
    return 0
  },
}

export const proofingCommands = [registerCommand]
