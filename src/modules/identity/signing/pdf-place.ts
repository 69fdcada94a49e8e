/** A PDF with a place for a signature: everything but the signature itself. */
export type Prepared = { bytes: Uint8Array; digest: Buffer; hole: { at: number; bytes: number } }

/** Puts the signature into its place. */
export function fillPdf({ bytes, hole }: Prepared, cms: Uint8Array): Buffer {
  if (cms.length > hole.bytes) throw new Error(`A signature of ${cms.length} bytes does not fit its place`)
  const filled = Buffer.from(bytes)
  filled.write(Buffer.from(cms).toString('hex'), hole.at, 'latin1')
  return filled
}
