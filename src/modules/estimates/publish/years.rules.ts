const from = (year: string, by: number): string => {
  const first = Number(year.slice(0, 4)) + by
  return `${first}-${String(first + 1).slice(2)}`
}

/** `2023-24` → `2024-25`. */
export const yearAfter = (year: string): string => from(year, 1)

/** `2023-24` → `2022-23`. */
export const yearBefore = (year: string): string => from(year, -1)
