import { isIP } from 'node:net'
import { type Text, texts, type Values } from '#platform'

export const addressesMax = 10
export const addressLengthMax = 300

const words = texts({
  none: { en: 'Write at least one address to which people come back.', 'zh-Hant': '請填寫至少一個返回網址。' },
  many: { en: 'Keep at most {max} addresses.', 'zh-Hant': '最多可填 {max} 個網址。' },
  twice: { en: '{address} is there twice. Keep it once.', 'zh-Hant': '「{address}」重複，請只保留一個。' },
  long: {
    en: 'The address that begins {address} is too long. Keep it to {max} characters.',
    'zh-Hant': '以「{address}」開頭的網址過長，最多 {max} 個字元。',
  },
  unreadable: {
    en: '{address} is no full address. Write it as https://service.example/callback',
    'zh-Hant': '「{address}」不是完整網址。寫法如 https://service.example/callback',
  },
  scheme: {
    en: '{address} is not safe on its way. Begin it with https://; http:// is for localhost, 127.0.0.1 and [::1] alone.',
    'zh-Hant': '「{address}」傳送時不安全。請以 https:// 開頭；http:// 只供 localhost、127.0.0.1 和 [::1] 使用。',
  },
  live: {
    en: '{address} leads to one’s own computer. A live client comes back to an https:// address that everybody can reach.',
    'zh-Hant': '「{address}」只在自己的電腦有效。正式使用的客戶端須用人人可到達的 https:// 網址。',
  },
  fragment: {
    en: '{address} has a #. Leave it out, with what stands after it.',
    'zh-Hant': '「{address}」含有 #。請刪去 # 及其後部分。',
  },
  wildcard: {
    en: '{address} has a *. Write each address in full; the comparison is exact.',
    'zh-Hant': '「{address}」含有 *。系統逐字比對，請完整列出每個網址。',
  },
  user: {
    en: '{address} has a user name or @ before the host. Leave it out.',
    'zh-Hant': '「{address}」的主機名稱前有使用者名稱或 @，請刪去。',
  },
  number: {
    en: '{address} names a machine by its number. Use a name; of numbers only 127.0.0.1 and [::1] are taken.',
    'zh-Hant': '「{address}」以數字位址指明主機。請用網域名稱；數字位址只接受 127.0.0.1 和 [::1]。',
  },
  host: {
    en: '{address} has no full host name. Write one with a dot, as service.example, or localhost.',
    'zh-Hant': '「{address}」的主機名稱不完整。請寫出帶點的網域名稱，例如 service.example，或 localhost。',
  },
  exact: {
    en: 'A browser changes {address} on its way, and the comparison is exact. Write it as {written}',
    'zh-Hant': '瀏覽器會改寫「{address}」，而系統逐字比對。請寫成 {written}',
  },
  hosts: {
    en: '{one} and {other} are two hosts. Keep one host and port for each client: by it we keep apart whom each service knows. Register another client for the other.',
    'zh-Hant':
      '{one} 和 {other} 是兩個主機。每個客戶端只用一個主機和端口，系統按此區分各服務的使用者識別碼；另一主機請登記另一客戶端。',
  },
})

export type Sentence = { text: Text; values: Values }

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

export const isLoopback = (address: string): boolean => loopback.test(new URL(address).hostname)

export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

type Asked = { live: boolean; required?: boolean }

/**
 * What is wrong with the addresses to which a client sends people back, by RFC 9700, §2.1 and §4.1, and RFC 8252, §7;
 * undefined when nothing is. A client in trial may come back to this computer.
 */
export function mistakeInAddresses(
  addresses: readonly string[],
  { live, required = true }: Asked,
): Sentence | undefined {
  if (required && addresses.length === 0) return { text: words.none, values: {} }
  if (addresses.length > addressesMax) return { text: words.many, values: { max: addressesMax } }
  for (const [index, address] of addresses.entries()) {
    const mistake = mistakeIn(address, live)
    if (mistake) return mistake
    if (addresses.indexOf(address) !== index) return { text: words.twice, values: { address } }
  }
  const [one, other] = new Set(addresses.map((address) => new URL(address).host))
  return one && other ? { text: words.hosts, values: { one, other } } : undefined
}

function mistakeIn(typed: string, live: boolean): Sentence | undefined {
  const address = typed.slice(0, 100)
  const wrong = (text: Text, values: Values = {}) => ({ text, values: { address, ...values } })
  if (typed.length > addressLengthMax) return wrong(words.long, { max: addressLengthMax })
  if (typed.includes('*')) return wrong(words.wildcard)
  if (typed.includes('#')) return wrong(words.fragment)
  if (!/^[!-~]+$/.test(typed) || !/^[a-z][a-z0-9+.-]*:/i.test(typed) || !URL.canParse(typed))
    return wrong(words.unreadable)
  const url = new URL(typed)
  const own = loopback.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && own)) return wrong(words.scheme)
  // An empty user name leaves only the @ behind.
  if (url.username || url.password || /^[a-z]+:[\\/]*[^\\/?]*@/i.test(typed)) return wrong(words.user)
  // A quote would end the text in the snippets that a developer copies.
  const written = url.href.replaceAll("'", '%27')
  if (written !== typed) return wrong(words.exact, { written })
  if (live && own) return wrong(words.live)
  if (own) return undefined
  if (isIP(url.hostname) || url.hostname.startsWith('[')) return wrong(words.number)
  return hostName.test(url.hostname) ? undefined : wrong(words.host)
}
