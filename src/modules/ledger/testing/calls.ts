import { type Command, type Installation, type Language, say } from '#platform'

/** Calls a verb as the command line does; without an installation unless one is given. */
export async function call(
  command: Command,
  given: readonly string[],
  options: Record<string, string> = {},
  language: Language = 'en',
  withInstallation?: <Result>(work: (installation: Installation) => Promise<Result>) => Promise<Result>,
): Promise<{ code: number; out: string; errors: string }> {
  const out: string[] = []
  const errors: string[] = []
  const none = () => {
    throw new Error('This verb needs no installation')
  }
  const code = await command.run({
    arguments: given,
    options,
    language,
    say: (text, values) => say(text, language, values),
    print: (line) => out.push(line),
    warn: (line) => errors.push(line),
    progress: () => {},
    openPack: none,
    withInstallation: withInstallation ?? none,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
