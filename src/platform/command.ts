import { type Language, say, type Text, type Values } from './languages.ts'
import type { Installation } from './module.ts'

/** How a command ended: all is well, something is wrong, or it could not be done (wrong usage, unreadable file). */
export type ExitCode = 0 | 1 | 2

/** A verb of `./praya`. Modules bring theirs in the manifest. */
export type Command = {
  /** As it is typed: `estimates check`. */
  name: string
  summary: Text
  /** What stands after the verb, in order; all are required but those that are optional. */
  arguments?: readonly { name: string; about: Text; optional?: true }[]
  options?: Readonly<Record<string, CommandOption>>
  /** Works on the database as it was put back: what modules make where it is missing is not made first. */
  asItStands?: true
  run: (invocation: Invocation) => Promise<ExitCode>
}

/** `--json`, or `--mapping FILE` when it takes a value; `value` is the word that the help shows for it. */
export type CommandOption = { about: Text; value?: string }

/** One call of a command. Results go to standard output, all else to standard error. */
export type Invocation = {
  arguments: readonly string[]
  options: Readonly<Record<string, string | boolean | undefined>>
  language: Language
  say: (text: Text, values?: Values) => string
  /** A line of the result. */
  print: (line: string) => void
  /** A line for the person that is no result. */
  warn: (line: string) => void
  /** What is being done now, for anything that may take over a second. Undefined: done. */
  progress: (line: string | undefined) => void
  /** The pack of this installation, for a command that needs no database. */
  openPack: () => Promise<Installation['pack']>
  /** Works on this installation: joins the one that runs, or starts its database for as long as `work` takes. */
  withInstallation: <Result>(work: (installation: Installation) => Promise<Result>) => Promise<Result>
}

/** Why something cannot be done, as one sentence for the person, who can act on it. Never shown with a stack trace. */
export class Refusal extends Error {
  readonly text: Text
  readonly values: Values
  readonly exitCode: ExitCode

  constructor(text: Text, values: Values = {}, exitCode: ExitCode = 1) {
    super(say(text, 'en', values))
    this.text = text
    this.values = values
    this.exitCode = exitCode
  }
}
