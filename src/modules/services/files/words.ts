import { sayEverywhere, type Text, texts } from '#platform'

const words = texts({
  kilobytes: { en: '{size} kB', 'zh-Hant': '{size} kB' },
  megabytes: { en: '{size} MB', 'zh-Hant': '{size} MB' },
  held: { en: 'Files that are held', 'zh-Hant': '暫存檔案' },
})

/** What the page of files that nobody can open yet is called, wherever something leads to it. */
export const heldTitle: Text = words.held

/** How large a file is, as people read it: 12 kB, 3.4 MB. */
export const sizeText = (octets: number): Text =>
  octets < 1_000_000
    ? sayEverywhere(words.kilobytes, { size: Math.max(1, Math.round(octets / 1000)) })
    : sayEverywhere(words.megabytes, { size: Math.round(octets / 100_000) / 10 })
