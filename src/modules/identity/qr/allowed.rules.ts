import { acrOf, type Level } from '#platform'
import { isHighRiskAcr } from '../provider/interaction.rules.ts'

/** What a service asks of a sign-in. `highRisk`: that nobody else can have been shown what is approved. */
export type Demand = { level: Level; highRisk: boolean }

/**
 * Whether a phone may sign another browser in for this. Not for level 3 nor for what is high-risk: whoever shows a victim
 * a code in real time gets what the victim approves, so only a passkey in the browser itself will do.
 */
export const qrAllowedFor = ({ level, highRisk }: Demand): boolean => level < 3 && !highRisk

/** A page of this site, without its language, and what its address says. */
export type Place = { path: string; query: URLSearchParams }

type Route = { url: string; method: string | readonly string[]; config?: { level?: Level } | undefined }

const placesMax = 5

/**
 * Where an address of this site leads, through every `next` in it. Undefined where that cannot be said: nobody goes through
 * so many pages, and whoever writes such an address hides what it leads to. `languages` are the first parts of addresses.
 */
export function placesOf(address: string, languages: readonly string[]): Place[] | undefined {
  const places: Place[] = []
  for (let next: string | null = address; next !== null; next = places.at(-1)!.query.get('next')) {
    if (places.length === placesMax || !URL.canParse(next, 'http://here.invalid')) return undefined
    const { pathname, searchParams: query } = new URL(next, 'http://here.invalid')
    const [, first = '', ...rest] = pathname.split('/')
    const plain = languages.includes(first) ? `/${rest.join('/')}` : pathname
    places.push({ path: plain.replace(/\.json$|(?<=.)\/$/, ''), query })
  }
  return places
}

/** What a place will ask for: the level that its route declares, and `acr_values` (OpenID Connect Core 1.0, §3.1.2.1) and `level`. */
export function demandOf({ path, query }: Place, routes: readonly Route[]): Demand {
  const acr = query.getAll('acr_values').flatMap((each) => each.split(' '))
  const level = Math.max(
    1,
    ...routes
      .filter(({ url, method }) => [method].flat().includes('GET') && fits(url, path))
      .map(({ config }) => config?.level ?? 1),
    query.get('level') === '3' || acr.includes(acrOf(3)) ? 3 : 1,
  )
  return { level: level as Level, highRisk: acr.some(isHighRiskAcr) }
}

/** What will do for each of these. */
export const together = (demands: readonly Demand[]): Demand => ({
  level: Math.max(1, ...demands.map(({ level }) => level)) as Level,
  highRisk: demands.some(({ highRisk }) => highRisk),
})

/** Whether the address `path` may be of the route `url`. One that fits too many routes only asks for more. */
function fits(url: string, path: string): boolean {
  const parts = url.split('/')
  const own = path.split('/')
  const open = parts.at(-1)?.includes('*') ?? false
  if (open ? own.length < parts.length - 1 : own.length !== parts.length) return false
  return parts.every((part, at) => part.includes(':') || part.includes('*') || part === own[at])
}
