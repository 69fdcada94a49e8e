/*
 * How many conditions and how many tables of 20 rows are decided per second on one core, beside feelin, which evaluates the same
 * texts: each table there is its cells in the order of its rows, as feelin has no tables. feelin reads a text anew each time; it
 * offers no other way. In turns within one run. Prints the medians and the ratios, and how long it takes to compile and look at
 * tables of 200 rows, as when a definition is published.
 */
import { evaluate as feelin, date as feelinDate, unaryTest } from 'feelin'
import { analyse } from '../src/modules/services/rules/analysis.rules.ts'
import { compileCondition } from '../src/modules/services/rules/compile.rules.ts'
import { analyseTable } from '../src/modules/services/rules/table-analysis.rules.ts'
import { compileTable, type Table } from '../src/modules/services/rules/tables.rules.ts'
import type { Names } from '../src/modules/services/rules/types.rules.ts'
import { machine, median, print } from './praya.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 2)
const turns = 5

const names = {
  applicant: {
    kind: 'group',
    fields: {
      age: { kind: 'number', whole: true, min: 0, max: 150 },
      born: { kind: 'date' },
      status: { kind: 'choice', values: ['single', 'married', 'widowed', 'divorced'] },
      income: { kind: 'number' },
      resident: { kind: 'boolean' },
    },
  },
  children: { kind: 'list', of: { kind: 'group', fields: { age: { kind: 'number' } } } },
  today: { kind: 'date' },
} as const satisfies Names

/** Different people, so that no engine gets away with one. */
const people = Array.from({ length: 64 }, (_, at) => ({
  applicant: {
    age: (at * 7) % 100,
    born: `19${String(30 + (at % 60)).padStart(2, '0')}-0${1 + (at % 9)}-1${at % 10}`,
    status: ['single', 'married', 'widowed', 'divorced'][at % 4]!,
    income: at * 1500,
    resident: at % 3 > 0,
  },
  children: Array.from({ length: at % 4 }, (_, child) => ({ age: child * 6 })),
  today: '2026-11-28',
}))
const theirPeople = people.map(({ applicant, children, today }) => ({
  applicant: { ...applicant, born: feelinDate(applicant.born) },
  children,
  today: feelinDate(today),
}))

const conditions = {
  'comparing answers': 'applicant.age >= 65 and applicant.resident and applicant.status in ("single", "widowed")',
  'counting a list': 'applicant.age >= 65 and count(children) > 0',
  'going through a list': 'some child in children satisfies child.age < 12',
  'an age by dates': 'years and months duration(applicant.born, today).years >= 65',
}

const tableOf = (rows: number): Table => ({
  hit: 'unique',
  inputs: ['applicant.age', 'applicant.status', 'applicant.income'],
  outputs: { amount: { kind: 'number' } },
  rows: Array.from({ length: rows }, (_, row) => ({
    when: [
      `[${Math.floor(row / 2) * (200 / rows)}..${(Math.floor(row / 2) + 1) * (200 / rows)})`,
      row % 2 ? '"single", "divorced"' : 'not("single", "divorced")',
      row % 4 ? '-' : '>= 0',
    ],
    gives: { amount: String(row * 100) },
    reason: `row-${row}`,
  })),
})

/** How often it is done per second, in pieces long enough that the clock costs nothing. */
function rate(act: (at: number) => unknown, forSeconds: number): number {
  let [done, piece] = [0, 1]
  const began = performance.now()
  for (;;) {
    const before = performance.now()
    for (let at = 0; at < piece; at += 1) act((done + at) & 63)
    done += piece
    const now = performance.now()
    if (now - before < 5) piece *= 2
    if (now - began > forSeconds * 1000) return done / ((now - began) / 1000)
  }
}

/** Both in turns, after a moment in which the engine sees what they do. */
function compare(what: string, ours: (at: number) => unknown, theirs: (at: number) => unknown): void {
  const [mine, other]: [number[], number[]] = [[], []]
  rate(ours, 0.5)
  rate(theirs, 0.5)
  for (let turn = 0; turn < turns; turn += 1) {
    mine.push(rate(ours, seconds / 2))
    other.push(rate(theirs, seconds / 2))
  }
  const [one, two] = [median(mine), median(other)]
  print(`${what}: ${whole(one)} per second; feelin ${whole(two)} per second; ratio ${(one / two).toFixed(0)}`)
}
const whole = (number: number) => Math.round(number).toLocaleString('en')

function compiled<Made>(made: { compiled: Made } | { complaints: readonly object[] }): Made {
  if ('compiled' in made) return made.compiled
  throw new Error(JSON.stringify(made.complaints))
}

print(machine())
for (const [what, text] of Object.entries(conditions)) {
  const { evaluate } = compiled(compileCondition(text, names))
  // Its grammar needs to hear of a name with “and” in it; what the name is, it knows itself.
  const theirs = theirPeople.map((each) => ({ ...each, 'years and months duration': undefined }))
  for (const [at, person] of people.entries())
    if (evaluate(person) !== feelin(text, theirs[at]!).value)
      throw new Error(`${text} differs for ${JSON.stringify(person)}`)
  compare(
    `condition, ${what}`,
    (at) => evaluate(people[at]!),
    (at) => feelin(text, theirs[at]!).value,
  )
}

const table = tableOf(20)
const { evaluate } = compiled(compileTable(table, names))
/** The first row of which all cells hold; the table has one at most. */
const decideWithFeelin = (at: number): number => {
  const context = theirPeople[at]!
  const inputs = table.inputs.map((text) => feelin(text, context).value)
  return table.rows.findIndex(({ when }) =>
    when.every((cell, input) => unaryTest(cell, { ...context, '?': inputs[input] }).value === true),
  )
}
for (const [at, person] of people.entries())
  if ((evaluate(person).matches[0]?.row ?? -1) !== decideWithFeelin(at)) throw new Error(`The table differs for ${at}`)
compare('table of 20 rows', (at) => evaluate(people[at]!), decideWithFeelin)

const large = tableOf(200)
const times: { compile: number[]; look: number[] } = { compile: [], look: [] }
for (let turn = 0; turn < turns; turn += 1) {
  const began = performance.now()
  const made = compiled(compileTable(large, names))
  const between = performance.now()
  analyseTable(made)
  for (const text of Object.values(conditions)) analyse(compiled(compileCondition(text, names)))
  times.compile.push(between - began)
  times.look.push(performance.now() - between)
}
print(
  `publishing a table of 200 rows: compiled in ${median(times.compile).toFixed(0)} ms (first time ${times.compile[0]!.toFixed(0)} ms), looked at in ${median(times.look).toFixed(0)} ms`,
)
