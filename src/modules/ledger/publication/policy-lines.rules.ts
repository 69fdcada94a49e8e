/**
 * The text of a policy (C2SP tlog-policy) with lines for these keys of the log that it is of, after those that it has, and without
 * the lines for the others. Everything else stays as somebody wrote it.
 */
export function changeLogLines(
  text: string,
  { added, dropped }: { added: readonly string[]; dropped: readonly string[] },
): string {
  const keyOf = (line: string) => /^[ \t]*log[ \t]+(\S+)/.exec(line)?.[1]
  const lines = text.split('\n')
  const known = new Set(lines.flatMap((line) => keyOf(line) ?? []))
  const after = lines.findLastIndex((line) => keyOf(line) !== undefined) + 1
  const fresh = added.filter((vkey) => !known.has(vkey)).map((vkey) => `log ${vkey}`)
  return [...lines.slice(0, after), ...fresh, ...lines.slice(after)]
    .filter((line) => !dropped.includes(keyOf(line) ?? ''))
    .join('\n')
}
