import type { Command } from '#platform'
import { fsck } from './fsck/command.ts'
import { verify } from './proofs/command.ts'
import { witnessCommands } from './witness/command.ts'

export const commands: readonly Command[] = [fsck, verify, ...witnessCommands]
