import type { Installation } from '#platform'
import type { SaidOfRegister } from '../explorer/types.ts'
import { registers } from './definitions.ts'
import { itemPath, organisationName, registerPath, titleOf } from './show.ts'
import type { RulesEntry, StepEntry } from './step-entry.rules.ts'

/** What an entry of a register says, in the words of the pack; by the names that the entry bears where the pack has none. */
export function sayEntry(installation: Pick<Installation, 'pack'>, entry: StepEntry | RulesEntry): SaidOfRegister {
  const known = installation.pack.list(registers).find(({ id }) => id === entry.register)
  const said = {
    ...{ kind: entry.kind, organisation: organisationName(installation, entry.org), time: entry.time },
    register: {
      title: known?.title ?? { en: entry.register, 'zh-Hant': entry.register },
      path: known ? registerPath(known.id) : null,
    },
    prev: entry.prev ?? null,
  }
  if (entry.kind === 'rules-set')
    return { ...said, item: null, step: null, party: null, commitment: null, rules: null, proposal: null }
  const { item, step, party, commitment, rules, proposal = null } = entry
  return {
    ...said,
    item: { number: item, path: known ? itemPath(known.id, item) : null },
    ...{ step: titleOf(known?.steps ?? [], step), party: titleOf(known?.parties ?? [], party) },
    ...{ commitment, rules, proposal },
  }
}
