import { valuesOfQuestions } from '../applying/answers.rules.ts'
import { recall } from '../applying/journey.rules.ts'
import type { CompiledCase, CompiledService } from '../definitions/compile.rules.ts'
import type { Decision } from '../rules/tables.rules.ts'
import type { Answers } from '../types.ts'

/** What one table decided: the values that it looked at, and the rows that matched with what they gave. */
export type TableResult = { id: string } & Pick<Decision, 'outcome' | 'inputs' | 'matches'>

/** One thing that a decision rests on, and where it came from: the person, a register, an officer, a calculation. */
export type Input = { name: string; value: unknown; source: string }

/** What is known of a case when a step is taken. */
export type Known = {
  answers: Answers
  sources: Readonly<Record<string, string>>
  /** What officers answered at steps, by the names of the questions, and who did. */
  noted: Answers
  notedBy: Readonly<Record<string, string>>
  /** The day on which it was sent: what was asked and calculated then stays so, however long the case lasts. */
  sentOn: string
  /** The day on which a step is taken, for its tables and conditions. Both days are of the government’s time zone. */
  today: string
}

export type Evaluation = { values: Readonly<Record<string, unknown>>; tables: readonly TableResult[] }

export const caseOf = ({ case: compiled }: CompiledService): CompiledCase => {
  if (!compiled) throw new Error('This service takes no applications, and so has no cases')
  return compiled
}

/** Values of answers, calculations, what officers noted, and what the tables of the service make of them. */
export function evaluate(service: CompiledService, { answers, noted, sentOn, today }: Known): Evaluation {
  const compiled = caseOf(service)
  const asked = compiled.case.steps.flatMap(({ asks = [] }) => asks)
  const values: Record<string, unknown> = {
    ...(service.form && recall(service.form, answers, sentOn).values),
    ...valuesOfQuestions(asked, noted),
    today,
  }
  const tables = compiled.tables.map(({ id, compiled: table }): TableResult => {
    const { outcome, inputs, matches } = table.evaluate(values)
    if (table.table.hit !== 'collect') values[id] = outcome === 'matched' ? matches[0]!.outputs : null
    return { id, outcome, inputs, matches }
  })
  return { values, tables }
}

/** Whether the condition of a step holds; one that has none always may be taken. */
export const holds = ({ steps }: CompiledCase, step: string, { values }: Evaluation): boolean =>
  !steps.has(step) || steps.get(step)!.evaluate(values) === true

/** Everything that the tables and the condition of a step read, with where it came from. */
export function inputsOf(service: CompiledService, step: string, known: Known, { values }: Evaluation): Input[] {
  const { steps, tables } = caseOf(service)
  const read = [...tables.flatMap(({ compiled }) => compiled.reads), ...(steps.get(step)?.reads ?? [])]
  const results = new Set(tables.map(({ id }) => id))
  const names = [...new Set(read.map((path) => path.split('.')[0]!))].filter((name) => !results.has(name))
  const calculated = new Set(service.form?.values.map(({ id }) => id))
  return names.sort().map((name) => ({
    ...{ name, value: values[name] ?? null },
    source:
      known.notedBy[name] ??
      known.sources[name] ??
      (name === 'today' ? 'calendar' : calculated.has(name) ? 'calculation' : 'person'),
  }))
}
