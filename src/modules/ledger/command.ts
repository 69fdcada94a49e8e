import type { Command } from '#platform'
import { anchorCommands } from './anchor/command.ts'
import { exportLog, mirror, restore } from './copies/command.ts'
import { drill } from './drill/command.ts'
import { fsck } from './fsck/command.ts'
import { history, index } from './history/command.ts'
import { rotateCommand } from './log/command.ts'
import { monitor } from './monitor/command.ts'
import { keyCommands } from './programs/command.ts'
import { verify } from './proofs/command.ts'
import { policyCommand } from './publication/command.ts'
import { replay } from './registers/command.ts'
import { auditVerify } from './trail/command.ts'
import { witnessCommands } from './witness/command.ts'

export const commands: readonly Command[] = [
  fsck,
  monitor,
  replay,
  history,
  index,
  verify,
  exportLog,
  mirror,
  restore,
  policyCommand,
  rotateCommand,
  ...keyCommands,
  ...witnessCommands,
  drill,
  ...anchorCommands,
  auditVerify,
]
