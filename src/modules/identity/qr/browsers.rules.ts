import { networkOf } from '../recovery/attempts.rules.ts'

// In this order: each later one is named by those before it too.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bHuaweiBrowser\//, 'Huawei Browser'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/**
 * `Firefox, Windows`, from what a browser says of itself; undefined if it says nothing known. Only names of this list, as
 * a stranger writes the rest and could put sentences there.
 */
export function nameBrowser(userAgent: string | null | undefined): string | undefined {
  const of = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]
  return [of(browsers), of(systems)].filter(Boolean).join(', ') || undefined
}

const localV4 =
  /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./
const localV6 = /^(::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i

/** Whether an address is of a private network: RFC 1918, 3927, 4193, 6598, or this machine. */
export const isLocal = (address: string): boolean =>
  localV4.test(address.replace(/^::ffff:(?=\d+\.)/i, '')) || localV6.test(address)

/** What two devices beside each other have in common: the public address, or the first parts of a private one. */
export function sharedNetworkOf(address: string): string {
  const network = networkOf(address)
  return localV4.test(network) ? network.split('.').slice(0, 3).join('.') : network
}
