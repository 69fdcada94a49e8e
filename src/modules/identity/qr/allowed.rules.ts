import { acrOf, type Level } from '#platform'

/** What a service asks of a sign-in. `highRisk`: phishing-resistant and held by hardware, or nothing (`acr` phrh). */
export type Demand = { level: Level; highRisk: boolean }

/**
 * Whether a phone may sign another browser in for this. Not for level 3 nor for what is high-risk: whoever shows a victim
 * a code in real time gets what the victim approves, so only a passkey in the browser itself will do.
 */
export const qrAllowedFor = ({ level, highRisk }: Demand): boolean => level < 3 && !highRisk

type Route = { url: string; method: string | readonly string[]; config?: { level?: Level } | undefined }

const depthMax = 4

/**
 * What an address of this site will ask for: the level that its route declares, and the `acr_values` (OpenID Connect Core
 * 1.0, §3.1.2.1) and `level` in its query, through every `next` in it. `languages` are the first parts of addresses.
 */
export function demandOf(
  address: string,
  routes: readonly Route[],
  languages: readonly string[],
  depth = depthMax,
): Demand {
  if (!URL.canParse(address, 'http://here.invalid')) return { level: 3, highRisk: true }
  const { pathname, searchParams } = new URL(address, 'http://here.invalid')
  const [, first = '', ...rest] = pathname.split('/')
  const plain = (languages.includes(first) ? `/${rest.join('/')}` : pathname).replace(/\.json$|(?<=.)\/$/, '')
  const acr = searchParams.getAll('acr_values').flatMap((each) => each.split(' '))
  const asked = Math.max(
    1,
    ...routes
      .filter(({ url, method }) => [method].flat().includes('GET') && fits(url, plain))
      .map(({ config }) => config?.level ?? 1),
    searchParams.get('level') === '3' || acr.includes(acrOf(3)) ? 3 : 1,
  )
  const own: Demand = { level: asked as Level, highRisk: acr.some((each) => each === 'phrh') }
  const next = searchParams.get('next')
  if (next === null) return own
  // Nobody goes through so many pages; whoever writes such an address hides what it leads to.
  if (depth === 0) return { level: 3, highRisk: true }
  const further = demandOf(next, routes, languages, depth - 1)
  return { level: Math.max(own.level, further.level) as Level, highRisk: own.highRisk || further.highRisk }
}

/** Whether the address `path` may be of the route `url`. One that fits too many routes only asks for more. */
function fits(url: string, path: string): boolean {
  const parts = url.split('/')
  const own = path.split('/')
  const open = parts.at(-1)?.includes('*') ?? false
  if (open ? own.length < parts.length - 1 : own.length !== parts.length) return false
  return parts.every((part, at) => part.includes(':') || part.includes('*') || part === own[at])
}
