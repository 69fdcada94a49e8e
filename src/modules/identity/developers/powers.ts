import { type Text, texts } from '#platform'

/** What a client can be approved for beyond signing people in. Each needs an officer; this list is the only one. */
export type Power = {
  id: 'filling' | 'document' | 'signing' | 'ciba'
  /** Scopes that nobody gets without it. One that the provider does not grant yet is asked for in advance. */
  scopes: readonly string[]
}

export const powers: readonly Power[] = [
  { id: 'filling', scopes: ['filling'] },
  { id: 'document', scopes: ['document'] },
  { id: 'signing', scopes: ['signing'] },
  { id: 'ciba', scopes: ['ciba'] },
]

export const powerNames: Readonly<Record<Power['id'], Text>> = texts({
  filling: { en: 'Fill forms for many people at once', 'zh-Hant': '為多人批量填表' },
  document: { en: 'Read numbers of identity documents', 'zh-Hant': '讀取身份證明文件號碼' },
  signing: { en: 'Ask people to sign', 'zh-Hant': '要求使用者簽署' },
  ciba: {
    en: 'Ask a person on their phone, without a browser (CIBA)',
    'zh-Hant': '不經瀏覽器，在使用者手機上要求確認（CIBA）',
  },
})

export const isPower = (id: string): id is Power['id'] => powers.some((each) => each.id === id)

export const nameOfPower = (id: string): Text => (isPower(id) ? powerNames[id] : { en: id, 'zh-Hant': id })

/** Of `offered`, what a client with these powers may ask for: everything but what is of high risk and not approved. */
export function scopesFor(approved: readonly string[], offered: readonly string[]): string[] {
  const withheld = new Set(powers.filter(({ id }) => !approved.includes(id)).flatMap(({ scopes }) => scopes))
  return offered.filter((scope) => !withheld.has(scope))
}
