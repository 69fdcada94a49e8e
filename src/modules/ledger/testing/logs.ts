import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Read } from '../fsck/read.ts'
import { printCheckpoint } from '../notes/checkpoint.rules.ts'
import type { Signer } from '../notes/keys.rules.ts'
import { printNote, signText } from '../notes/note.rules.ts'
import { bundlesOf, hashOfFullTile, packBundle, packTile, tilePath, tilesOf } from '../tree/tiles.rules.ts'
import { hashLeaf, rootOfLeaves } from '../tree/tree.rules.ts'

/** What a log serves: path → octets. */
export type Files = Map<string, Uint8Array>

export const entryAt = (at: number): Buffer => Buffer.from(`entry ${at}`)

/** A whole log, made by the definition, from a list of all its leaves. */
export function aLog(signer: Signer, size: number, entry = entryAt): Files {
  const entries = Array.from({ length: size }, (_, at) => entry(at))
  const leaves = entries.map(hashLeaf)
  const levels = [leaves]
  for (let row = leaves; row.length >= 256; levels.push(row))
    row = Array.from({ length: Math.floor(row.length / 256) }, (_, at) =>
      hashOfFullTile(row.slice(at * 256, (at + 1) * 256)),
    )
  const files: Files = new Map()
  for (const tile of bundlesOf(BigInt(size))) {
    const start = Number(tile.index) * 256
    files.set(tilePath(tile), packBundle(entries.slice(start, start + tile.width)))
  }
  for (const tile of tilesOf(BigInt(size))) {
    const start = Number(tile.index) * 256
    files.set(tilePath(tile), packTile(levels[Number(tile.level)]!.slice(start, start + tile.width)))
  }
  const root = rootOfLeaves(leaves)
  const text = printCheckpoint({ origin: signer.key.name, size: BigInt(size), root, extensions: [] })
  return files.set('checkpoint', printNote({ text, signatures: [signText(text, signer)] }))
}

export const readOf =
  (files: Files): Read =>
  async (path) =>
    files.get(path)

export function keepLog(files: Files, folder: string): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}
