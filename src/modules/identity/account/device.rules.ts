import { type Language, say, type Text, texts } from '#platform'
import type { Sessions } from './sessions.page.tsx'

const browsers: readonly [RegExp, string][] = [
  // The first that fits: others call themselves Chrome and Safari too.
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bOpenHarmony\b|\bHarmonyOS\b/, 'HarmonyOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const words: Readonly<Record<'both' | 'unknown', Text>> = texts({
  both: { en: '{browser} on {system}', 'zh-Hant': '{system} 上的 {browser}' },
  unknown: { en: 'Another program', 'zh-Hant': '其他程式' },
})

/** A browser as its person knows it, from how it announced itself; that can be anything, and proves nothing. */
export function nameOfDevice(userAgent: string | null, language: Language): string {
  const first = (table: readonly [RegExp, string][]) => table.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const [browser, system] = [first(browsers), first(systems)]
  if (browser && system) return say(words.both, language, { browser, system })
  return browser ?? system ?? say(words.unknown, language)
}

/** The same in every language, for what is read later. */
export const deviceText = (userAgent: string | null): Text => ({
  en: nameOfDevice(userAgent, 'en'),
  'zh-Hant': nameOfDevice(userAgent, 'zh-Hant'),
  'zh-Hans': nameOfDevice(userAgent, 'zh-Hans'),
})

/** How a session began, in the words of a person, from its `amr` values. */
export function wayOf(methods: readonly string[]): Sessions['sessions'][number]['way'] {
  if (methods.includes('demo')) return 'made-up'
  if (methods.includes('otp')) return 'code'
  if (methods.includes('mca')) return 'phone'
  return methods.includes('user') ? 'passkey' : 'other'
}
