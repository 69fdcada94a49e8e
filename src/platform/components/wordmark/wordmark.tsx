/** Four strokes on the line of the quay: piers, and the columns of a budget. Their feet stand at the lower edge. */
export const Piers = () => (
  <svg viewBox="0 0 34 36" fill="none" stroke="currentColor" stroke-width="4" aria-hidden="true" focusable="false">
    <path d="M5 35V20M13 35V6M21 35V14M29 35V24" />
  </svg>
)

/** The end of the line. It begins at the height at which the header's rule is drawn. */
export const Wave = () => (
  <svg viewBox="0 0 52 12" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" focusable="false">
    <path d="M0 11H10C18 11 18 4 25 4S32 9 38 9S45 6.5 52 6.5" />
  </svg>
)

/** The whole mark in one colour, from 16 px to any size; below 24 px the favicon's drawing is used. */
export const Wordmark = ({ width, title }: { width: number; title: string }) => (
  <svg
    viewBox="0 0 120 40"
    width={width}
    height={width / 3}
    fill="none"
    stroke="currentColor"
    role="img"
    aria-label={title}
  >
    <path stroke-width="5" d="M10 34V19M20 34V4M30 34V12M40 34V23" />
    <path stroke-width="2.5" d="M0 35H74C84 35 84 27 92 27S101 32.5 107.5 32.5S115 30 120 30" />
  </svg>
)
