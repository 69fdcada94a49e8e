import encodeQr from 'qr'
import { Type } from 'typebox'

/** A drawn code: modules along one side, its quiet zone included, and the dark ones as the path of an SVG. */
export const DrawnCode = Type.Object({ size: Type.Integer(), path: Type.String() })

/** ISO/IEC 18004, §9.1: four light modules on every side. */
const quietModules = 4
const modulePx = 6

/**
 * Draws `text` at error level M, which a screen needs: no module is torn off, some are in a glare. What is long is drawn at
 * `low`, so that its modules are larger. Throws where it does not fit a code.
 */
export function drawCode(text: string, ecc: 'medium' | 'low' = 'medium'): { size: number; path: string } {
  const rows = encodeQr(text, 'raw', { ecc, border: quietModules })
  const path = rows
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ].map((run) => bar(run, y)),
    )
    .join('')
  return { size: rows.length, path }
}

const bar = ({ 0: { length }, index }: RegExpMatchArray, y: number) => `M${index} ${y}h${length}v1h-${length}z`

/** Dark on white in every theme, as many cameras read no other. */
export const Code = ({ size, path, label }: { size: number; path: string; label: string }) => (
  <svg
    class="qr"
    role="img"
    aria-label={label}
    viewBox={`0 0 ${size} ${size}`}
    width={size * modulePx}
    height={size * modulePx}
    shape-rendering="crispEdges"
    data-code
  >
    <rect width={size} height={size} fill="#ffffff" />
    <path d={path} fill="#000000" />
  </svg>
)
