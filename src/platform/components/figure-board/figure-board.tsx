// PLACEHOLDER by the founder until the designer's file replaces it.
import type { Reading } from '../../figures.ts'
export const FigureBoard = ({ figures }: { figures: Reading[] }) => (
  <ul>
    {figures.map((f) => (
      <li key={f.id}>{String(f.value)}</li>
    ))}
  </ul>
)
