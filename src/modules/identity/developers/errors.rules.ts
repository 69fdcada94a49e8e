import { type Text, texts } from '#platform'
import type { ClientError } from '../provider/clients.sql.ts'

const words = texts({
  suspended: {
    en: 'The client is suspended, so everything is refused. Its page says who stopped it, and how it goes on.',
    'zh-Hant': '客戶端已暫停，因此一切要求均被拒。其頁面列明由誰暫停，以及如何恢復。',
  },
  level: {
    en: 'The person does not reach the level that your service demands, and went back. Demand it only where you need it.',
    'zh-Hant': '使用者未達服務要求的級別，因此返回。請只在有需要時要求該級別。',
  },
  secret: {
    en: 'The secret is not the one of this client. Compare what your service sends with what you kept, or make a new secret.',
    'zh-Hant': '密碼與這個客戶端的不符。請核對服務送出的密碼，或另建密碼。',
  },
  method: {
    en: 'Your service proves who it is in another way than it was registered for. Set it to the way that this page names.',
    'zh-Hant': '服務證明自己的方法與登記的不同。請改用本頁所列的方法。',
  },
  assertion: {
    en: 'What your service signed does not fit: compare its key with those listed here, its audience with the issuer, and its clock.',
    'zh-Hant': '服務所簽署的內容不符。請核對密鑰是否在此列出、受眾是否為簽發者網址，以及服務的時鐘。',
  },
  redirect: {
    en: 'Your service asks to come back to an address that is not registered. Register it letter by letter as it is sent.',
    'zh-Hant': '服務要求返回的網址未有登記。請按送出的網址逐字登記。',
  },
  pkce: {
    en: 'The request has no PKCE challenge, or by another method than S256. Switch PKCE on in your library.',
    'zh-Hant': '要求沒有 code_challenge，或不是用 S256。請在程式庫啟用 PKCE。',
  },
  code: {
    en: 'The code was used already, is older than a minute, or belongs to another request. Exchange each code once, at once, with the verifier of the same browser.',
    'zh-Hant': '授權碼已用過、已過一分鐘，或屬於另一要求。每個授權碼須即時兌換一次，並用同一瀏覽器的 code_verifier。',
  },
  scope: {
    en: 'Your service asks for a scope that it may not have. Take it out, or ask for approval if it is of high risk.',
    'zh-Hant': '服務要求了無權使用的範圍。請刪去該範圍；如屬高風險，可申請批准。',
  },
  claim: {
    en: 'Your service asks for something of high risk that was not approved for it. Take it out, or ask an officer.',
    'zh-Hant': '服務要求了未獲批准的高風險資料。請刪去該項，或向審批人員申請批准。',
  },
  forms: {
    en: 'Forms are of high risk, in the sandbox too. Ask for approval: it takes a client with its own key, and tokens bound by DPoP.',
    'zh-Hant': '表格屬高風險用途，試用時亦然。請申請批准：須使用自備密鑰的客戶端，並以 DPoP 綁定權杖。',
  },
  fillingScope: {
    en: 'Ask for the token by client credentials with the scope filling, and with this site’s address as resource.',
    'zh-Hant': '請以 client credentials 取得權杖，範圍為 filling，resource 為本網站網址。',
  },
  refused: {
    en: 'The person did not agree. Tell them why you ask, and let them go on without.',
    'zh-Hant': '使用者不同意。請告知要求的原因，並讓使用者可不提供資料而繼續。',
  },
  silent: {
    en: 'Your service asked without a page (prompt=none), and the person must do something first. Ask again without it.',
    'zh-Hant': '服務以 prompt=none 要求，但使用者須先作操作。請不帶此參數再要求一次。',
  },
  origin: {
    en: 'A page at another origin than those of your addresses asked for a token. Register the address of that page.',
    'zh-Hant': '要求權杖的網頁，其來源與已登記的網址不同。請登記該網頁的網址。',
  },
})

/** Where on this site it is put right. */
type Fix = { text: Text; at: 'change' | 'secret' | 'keys' | 'approval' | null }

// The first that fits; `said` holds the error and its reason as the provider says them.
const known: readonly { said: RegExp; text: Text; at: Fix['at'] }[] = [
  { said: /the client is suspended/, text: words.suspended, at: null },
  { said: /the person is not at this level/, text: words.level, at: null },
  { said: /invalid secret provided|client_secret must be provided/, text: words.secret, at: 'secret' },
  { said: /authentication mechanism does not match/, text: words.method, at: null },
  { said: /assertion|unsupported private_key_jwt|\bjwt\b/i, text: words.assertion, at: 'keys' },
  { said: /redirect_uri/, text: words.redirect, at: 'change' },
  { said: /code_challenge|code_verifier|PKCE/, text: words.pkce, at: null },
  { said: /origin .* not allowed/, text: words.origin, at: 'change' },
  { said: /^invalid_grant/, text: words.code, at: null },
  { said: /forms are not approved/, text: words.forms, at: 'approval' },
  { said: /the scope filling/, text: words.fillingScope, at: null },
  { said: /^invalid_scope|^invalid_target/, text: words.scope, at: 'approval' },
  { said: /an officer must approve/, text: words.claim, at: 'approval' },
  { said: /^access_denied/, text: words.refused, at: null },
  {
    said: /^(login|consent|interaction|account_selection)_required|^unmet_authentication/,
    text: words.silent,
    at: null,
  },
]

/** What to do about a refusal, where that is known. */
export function fixOf({ error, reason }: Pick<ClientError, 'error' | 'reason'>): Fix | null {
  const found = known.find(({ said }) => said.test(`${error}: ${reason}`))
  return found ? { text: found.text, at: found.at } : null
}

/** Whether a refusal is what a person answered at the page that asked them. */
export const isByPerson = ({ route, reason }: Pick<ClientError, 'route' | 'reason'>): boolean =>
  route === 'resume' && /^the person /.test(reason)

/** Where something was refused, as the service knows it: a sign-in goes on where it began. */
export const nameOfRoute = (route: string): string => (route === 'resume' ? 'authorization' : route)
