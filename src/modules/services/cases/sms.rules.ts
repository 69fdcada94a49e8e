/** How a text goes by SMS: in which alphabet, how many of its units it takes, and in how many parts it is sent and paid. */
export type SmsParts = { encoding: 'GSM-7' | 'UCS-2'; characters: number; parts: number }

/** The GSM 7 bit default alphabet (3GPP TS 23.038, §6.2.1), without the escape to its extension. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension table (§6.2.1.1): an escape and a second septet for each. */
const extended = new Set('\f^{}\\[~]|€')

/** Units of a message alone, and of each part where there are several: the rest is a header that joins them (TS 23.040, §9.2.3.24.1). */
const limits = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } } as const

/**
 * Counts a text as it goes by SMS. `characters` are septets in GSM-7, where a sign of the extension table takes two, and code
 * units of 16 bits in UCS-2, where a sign beyond the basic plane takes two. Neither is divided between two parts, so that a part may
 * be left with a unit unused. An empty text has no part.
 */
export function smsParts(text: string): SmsParts {
  const signs = [...text]
  const encoding = signs.every((sign) => basic.has(sign) || extended.has(sign)) ? 'GSM-7' : 'UCS-2'
  const units = signs.map((sign) => (encoding === 'UCS-2' ? sign.length : extended.has(sign) ? 2 : 1))
  const characters = units.reduce((sum, each) => sum + each, 0)
  const { alone, part } = limits[encoding]
  if (characters <= alone) return { encoding, characters, parts: characters === 0 ? 0 : 1 }
  let parts = 1
  let filled = 0
  for (const each of units) {
    if (filled + each > part) {
      parts += 1
      filled = 0
    }
    filled += each
  }
  return { encoding, characters, parts }
}
