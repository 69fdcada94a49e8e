import { parseArgs } from 'node:util'
import type { Command, ExitCode, Invocation } from '../platform/command.ts'
import { Refusal } from '../platform/command.ts'
import { say as sayIn } from '../platform/languages.ts'
import { nearest } from '../platform/nearest.ts'
import { helpOfAll, helpOfVerb, usageOf } from './help.ts'
import { openPack, settingsOrRefuse, withInstallation } from './installation.ts'
import { languageOf } from './language.ts'
import { openProgress } from './progress.ts'
import { words } from './words.ts'

/** Where a command is called from. */
export type Terminal = Pick<Invocation, 'print' | 'warn'> & { environment: NodeJS.ProcessEnv }

// Whoever reads may have seen enough, as `| head` does, or have closed the terminal.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })

const terminalOfProcess: Terminal = {
  environment: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
}

/** Runs the verb that the words name and returns the exit code. Every refusal becomes one sentence. */
export async function runCommand(
  commands: readonly Command[],
  typed: readonly string[],
  { environment, print, warn }: Terminal = terminalOfProcess,
): Promise<ExitCode> {
  const language = languageOf(environment)
  const say: Invocation['say'] = (text, values) => sayIn(text, language, values)
  const progress = openProgress()
  try {
    const command = findCommand(commands, typed)
    if (!command) {
      const odd = typed.find((word) => word.startsWith('-') && !asksForHelp([word]))
      if (odd) throw new Refusal(words.optionFirst, { option: odd }, 2)
      print(helpOfAll(commands, typed, say))
      return 0
    }
    const rest = typed.slice(command.name.split(' ').length)
    if (asksForHelp(rest)) {
      print(helpOfVerb(command, say))
      return 0
    }
    const parsed = parse(command, rest)
    const invocation = { ...parsed, language, say, print, warn, progress }
    return await command.run({
      ...invocation,
      openPack: async () => openPack(settingsOrRefuse()),
      withInstallation: (work) => withInstallation(invocation, work, command),
    })
  } catch (error) {
    progress(undefined)
    if (error instanceof Refusal) {
      warn(say(error.text, error.values))
      return error.exitCode
    }
    warn((error as Error).stack ?? String(error))
    warn(say(words.bug))
    return 2
  } finally {
    progress(undefined)
  }
}

const asksForHelp = (typed: readonly string[]) => typed.some((word) => word === '--help' || word === '-h')

/** The verb with the most words that `typed` begins with. Undefined: the person asks which verbs there are. */
function findCommand(commands: readonly Command[], typed: readonly string[]): Command | undefined {
  const plain = typed.filter((word) => !word.startsWith('-'))
  const begins = (name: string, words: readonly string[]) =>
    name.split(' ').every((word, index) => words[index] === word)
  const found = commands.filter(({ name }) => begins(name, typed)).sort((a, b) => b.name.length - a.name.length)[0]
  if (found) return found
  const isGroup = commands.some(({ name }) => plain.length > 0 && begins(plain.join(' '), name.split(' ')))
  if (plain.length === 0 || isGroup) return undefined
  const verb = plain.slice(0, 2).join(' ')
  const names = commands.map(({ name }) => name)
  const near = nearest(verb, names) ?? nearest(plain[0]!, names)
  throw near ? new Refusal(words.unknownVerbNear, { verb, near }, 2) : new Refusal(words.unknownVerb, { verb }, 2)
}

function parse(command: Command, typed: readonly string[]): Pick<Invocation, 'arguments' | 'options'> {
  const known = command.options ?? {}
  const { tokens, positionals, values } = parseArgs({
    args: [...typed],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (!option) throw new Refusal(words.unknownOption, { option: token.rawName, verb: command.name }, 2)
    if (option.value && token.value === undefined)
      throw new Refusal(words.needsValue, { option: token.name, value: option.value }, 2)
    if (!option.value && token.value !== undefined) throw new Refusal(words.takesNoValue, { option: token.name }, 2)
  }
  const places = command.arguments ?? []
  const missing = places[positionals.length]
  if (missing && !missing.optional) throw new Refusal(words.missing, { name: missing.name, usage: usageOf(command) }, 2)
  const extra = positionals[places.length]
  if (extra !== undefined) throw new Refusal(words.tooMany, { extra, usage: usageOf(command) }, 2)
  return { arguments: positionals, options: values as Invocation['options'] }
}
