// The dictionaries of opencc-js have no types of their own: entries `key value`, joined by `|`.
declare module 'opencc-js/dict/STCharacters' {
  const entries: string
  export default entries
}
declare module 'opencc-js/dict/HKVariants' {
  const entries: string
  export default entries
}
