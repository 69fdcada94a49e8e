import type { Command, Invocation } from '../platform/command.ts'
import { words } from './words.ts'

type Say = Invocation['say']

/** `estimates check FILE [--json]` */
export function usageOf({ name, arguments: places = [], options = {} }: Command): string {
  const named = places.map(({ name, optional }) => (optional ? `[${name}]` : name))
  const flags = Object.entries(options).map(([option, { value }]) => `[--${option}${value ? ` ${value}` : ''}]`)
  return [name, ...named, ...flags].join(' ')
}

/** Every verb, or those of the group that was typed: `./praya estimates`. */
export function helpOfAll(commands: readonly Command[], typed: readonly string[], say: Say): string {
  const group = typed.filter((word) => !word.startsWith('-')).join(' ')
  const shown = commands.filter(({ name }) => name.startsWith(group))
  return [
    say(words.praya),
    '',
    `${say(words.usage)}./praya ${say(words.verb)} …`,
    '',
    ...section(
      say(words.verbs),
      shown.map(({ name, summary }) => [name, say(summary)]),
    ),
    '',
    say(words.exits),
  ].join('\n')
}

export function helpOfVerb(command: Command, say: Say): string {
  const places = (command.arguments ?? []).map(({ name, about }) => [name, say(about)] as const)
  const options = Object.entries(command.options ?? {}).map(
    ([name, { about, value }]) => [`--${name}${value ? ` ${value}` : ''}`, say(about)] as const,
  )
  return [
    say(command.summary),
    '',
    `${say(words.usage)}./praya ${usageOf(command)}`,
    ...(places.length > 0 ? ['', ...section(say(words.parameters), places)] : []),
    '',
    ...section(say(words.options), [...options, ['--help', say(words.help)]]),
    '',
    say(words.exits),
  ].join('\n')
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return [title, ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)]
}
