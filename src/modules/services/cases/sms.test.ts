// How many parts a text takes by SMS (3GPP TS 23.038 and 23.040).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { smsParts } from './sms.rules.ts'

const times = (sign: string, count: number) => sign.repeat(count)
// biome-ignore format: matrix
const rows = [
  // what                                    text                                encoding characters parts
  ['nothing',                                '',                                 'GSM-7',     0, 0],
  ['a letter',                               'a',                                'GSM-7',     1, 1],
  ['160 letters',                            times('a', 160),                    'GSM-7',   160, 1],
  ['161 letters',                            times('a', 161),                    'GSM-7',   161, 2],
  ['306 letters',                            times('a', 306),                    'GSM-7',   306, 2],
  ['307 letters',                            times('a', 307),                    'GSM-7',   307, 3],
  ['signs of the default alphabet',          '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà', 'GSM-7', 42, 1],
  ['80 of the extension table',              times('€', 80),                     'GSM-7',   160, 1],
  ['every sign of the extension table',      '\f^{}\\[~]|€',                     'GSM-7',    20, 1],
  ['81 of the extension table',              times('€', 81),                     'GSM-7',   162, 2],
  // 152 septets and an escape do not fit into 153 with what follows: the sign goes to the next part whole.
  ['an escape at the end of a part',         `${times('a', 152)}€${times('a', 152)}`, 'GSM-7', 306, 3],
  ['a part with a septet unused',            times('€', 77 + 76),                'GSM-7',   306, 3],
  ['a grave accent, which GSM has not',      '`',                                'UCS-2',     1, 1],
  ['small c with cedilla, unlike the large', 'ç',                                'UCS-2',     1, 1],
  ['a curly apostrophe',                     'It’s',                             'UCS-2',     4, 1],
  ['70 signs of Chinese',                    times('字', 70),                    'UCS-2',    70, 1],
  ['71 signs of Chinese',                    times('字', 71),                    'UCS-2',    71, 2],
  ['134 signs of Chinese',                   times('字', 134),                   'UCS-2',   134, 2],
  ['135 signs of Chinese',                   times('字', 135),                   'UCS-2',   135, 3],
  ['35 signs beyond the basic plane',        times('𠮷', 35),                    'UCS-2',    70, 1],
  // 66 units hold 33 of them; the 67th stays empty.
  ['67 of them, never cut in two',           times('𠮷', 67),                    'UCS-2',   134, 3],
  ['a euro beside Chinese',                  '€字',                              'UCS-2',     2, 1],
] as const
for (const [what, text, encoding, characters, parts] of rows)
  test(`${what}: ${encoding}, ${characters} units, ${parts} parts`, () => {
    assert.deepEqual(smsParts(text), { encoding, characters, parts })
  })

test('parts hold the whole text and no more than they must; a longer text has no fewer', () => {
  const sign = fc.constantFrom('a', '€', 'é', '字', '𠮷', '`')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 600 }), (signs) => {
      const { encoding, characters, parts } = smsParts(signs.join(''))
      const most = encoding === 'GSM-7' ? 153 : 67
      if (parts > 1) assert.ok(characters <= parts * most && characters > (parts - 1) * (most - 1))
      assert.ok(smsParts(signs.slice(1).join('')).parts <= parts || signs.length === 0)
    }),
  )
})
