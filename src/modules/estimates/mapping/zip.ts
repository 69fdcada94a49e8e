import type { Entry } from '@zip.js/zip.js'

/*
 * A workbook is a ZIP archive, and an archive can lie: about sizes, by parts that overlap, by parts that only some
 * readers see. So it is unpacked here first, with a limit, and the library that reads workbooks is given a new archive
 * of what was seen, stored as it is.
 */

export type Part = { name: string; bytes: Uint8Array }
export type Unpacked = { parts: Part[] } | { fault: 'damaged'; why: string } | { fault: 'too-large' }

class TooLarge extends Error {}

/** Loaded with the first workbook, which most processes never see. */
async function loadZip() {
  const zip = await import('@zip.js/zip.js')
  zip.configure({ useWebWorkers: false })
  return zip
}

/** The parts whose name `wanted` accepts, checked against their checksums, with at most `bytesMax` in all. */
export async function unpack(
  archive: Uint8Array,
  wanted: (name: string) => boolean,
  bytesMax: number,
  partsMax: number,
): Promise<Unpacked> {
  const { Uint8ArrayReader, ZipReader } = await loadZip()
  const reader = new ZipReader(new Uint8ArrayReader(archive), { checkSignature: true, checkOverlappingEntry: true })
  try {
    const parts: Part[] = []
    const names = new Set<string>()
    let left = bytesMax
    for await (const entry of reader.getEntriesGenerator()) {
      if (names.has(entry.filename)) throw new Error(`it has two parts named ${entry.filename}`)
      names.add(entry.filename)
      if (names.size > partsMax) throw new TooLarge()
      if (entry.directory || !wanted(entry.filename)) continue
      if (entry.encrypted) throw new Error('it is encrypted')
      const bytes = await bytesOf(entry, left)
      left -= bytes.length
      parts.push({ name: entry.filename, bytes })
    }
    return { parts }
  } catch (error) {
    if (error instanceof TooLarge) return { fault: 'too-large' }
    return { fault: 'damaged', why: (error as Error).message }
  } finally {
    await reader.close()
  }
}

/** Counts what comes out, as the size that the archive claims may be a lie. */
async function bytesOf(entry: Entry & { directory: false }, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      length += chunk.length
      if (length > bytesMax) throw new TooLarge()
      chunks.push(chunk)
    },
  })
  await entry.getData(sink).catch((error: unknown) => {
    // Whatever the stopped stream says, this is why.
    throw length > bytesMax ? new TooLarge() : error
  })
  return Buffer.concat(chunks, length)
}

/** An archive of `parts`, not compressed. */
export async function store(parts: readonly Part[]): Promise<Uint8Array<ArrayBuffer>> {
  const { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await loadZip()
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 0 })
  for (const { name, bytes } of parts) await writer.add(name, new Uint8ArrayReader(bytes))
  return writer.close() as Promise<Uint8Array<ArrayBuffer>>
}
