/**
 * A hash as a person compares it: the first 96 bits of its SHA-256 as twelve words, one for each octet, and as the same
 * number in digits for those who do not read English. docs/standards/signatures.md says how. To find another document
 * with the same words would take 2^96 tries.
 */
export const hashWordCount = 12

/** 256 plain words, of which no two begin alike or differ in one letter. Their order is for ever: it is what they mean. */
export const words: readonly string[] = `
  actor adobe agent alarm album alley amber anchor angle apple apron arch atlas attic autumn avenue badge bagel
  banjo barley basket beacon beard bench bicycle birch blanket blossom boat bonnet border branch bread bridge
  bronze brush bucket bugle butter cabin cactus camel candle carpet castle cedar cellar chalk cherry cinema
  circle citrus clay clock cloud coast comet copper coral cotton cradle cricket crystal curtain cushion dagger
  daisy dancer diamond dinner doctor dolphin donkey dragon drum eagle earth easel echo eclipse elbow engine
  envelope fabric falcon farmer feather fern fiddle flag flute forest fossil fox galaxy garden garlic gate
  ginger glacier globe gold grape gravel guitar hammer harp hazel hedge helmet heron hill honey horse hotel
  hunter icicle igloo ink iris island ivory jacket jaguar jewel jigsaw journal jungle juniper kettle key kite
  koala ladder lagoon lamp lantern lemon library lily linen lion lobster lunch magnet mango maple marble meadow
  metal mirror moon mosaic museum napkin needle nickel noodle north nutmeg oak oasis olive onion opera orange
  orchid otter owl oyster paddle painter palm panda parrot pasta peach pearl pebble pencil pepper pigeon pillow
  pine planet plum pocket pond postman pottery prism puzzle pyramid queen quilt rabbit radio rain raven rice
  river robin roof rope ruby sailor sand saturn scarf school seal shell sketch slipper snow socks spider spoon
  square stable star stone sugar summer teapot temple thimble thunder tiger timber tomato trumpet tulip tunnel
  turtle umbrella uncle velvet village violin volcano waffle wagon water weaver whale wheat window winter wolf
  wool yacht yellow yogurt zebra zipper
`
  .trim()
  .split(/\s+/)

/** `hash` in hex → four words on each of three lines. */
export function hashWords(hash: string): string[][] {
  const bytes = Buffer.from(hash, 'hex').subarray(0, hashWordCount)
  return [0, 4, 8].map((from) => [...bytes.subarray(from, from + 4)].map((byte) => words[byte]!))
}

/** The same 96 bits as a decimal number of 32 digits, in groups of four. */
export function hashDigits(hash: string): string[] {
  const number = BigInt(`0x${hash.slice(0, hashWordCount * 2)}`)
  return number.toString().padStart(32, '0').match(/.{4}/g)!
}
