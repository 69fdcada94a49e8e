import { nearest, type Text } from '#platform'
import { type Complaints, filled, instead, listed, sentences } from './complaints.rules.ts'
import { functionNames } from './functions.rules.ts'
import type { Tree } from './tree.rules.ts'

/* What FEEL has and definitions have not. Each is refused by its name, so that nobody looks for a slip of the fingers. */

const names = listed(functionNames)

const refusedFunctions: Readonly<Record<string, Text>> = Object.fromEntries(
  (
    [
      [instead.today, ['now', 'today']],
      [instead.patterns, ['matches', 'replace', 'split']],
      [instead.times, ['time', 'date and time', 'day of year', 'day of week', 'month of year', 'week of year']],
      [
        instead.ranges,
        'before,after,meets,met by,overlaps,overlaps before,overlaps after,finishes,finished by,includes,during,starts,started by,coincides,range'.split(
          ',',
        ),
      ],
      [instead.groups, ['get value', 'get entries', 'context', 'context put', 'context merge']],
      [instead.types, ['is', 'is defined']],
      [
        instead.others,
        'number,string,substring,substring before,substring after,string join,mean,median,stddev,mode,all,any,and,or,sublist,concatenate,insert before,remove,list replace,reverse,index of,union,distinct values,duplicate values,flatten,product,sort,decimal,round up,round down,round half down,modulo,sqrt,log,exp,odd,even'.split(
          ',',
        ),
      ],
    ] as const
  ).flatMap(([text, functions]) => functions.map((name) => [name, text])),
)

const refusedParts: Readonly<Record<string, Text>> = {
  FunctionDefinition: instead.functions,
  Context: instead.groups,
  InstanceOfExpression: instead.types,
  SimplePositiveUnaryTest: instead.ranges,
  Interval: instead.ranges,
  DateTimeLiteral: instead.times,
  '?': instead.input,
}

/** The words with which a part is called in its complaint. */
const words: Readonly<Record<string, string>> = {
  FunctionDefinition: 'function',
  Context: '{ }',
  InstanceOfExpression: 'instance of',
  SimplePositiveUnaryTest: '..',
  Interval: '..',
}

/** Complains of what is no part of the language of definitions, or of a function that nobody knows. */
export function complainOfRefused(tree: Tree, complaints: Complaints): undefined {
  const [target] = tree.parts
  const isNamed = target !== undefined && target.name !== 'ParenthesizedExpression'
  const name = isNamed ? target.parts.map(({ text }) => text).join(' ') : ''
  if (tree.name === 'DateTimeLiteral')
    return complaints.at(tree, sentences.refused, { what: name, instead: instead.times })
  if (tree.name !== 'FunctionInvocation') {
    const what = words[tree.name] ?? tree.text.slice(0, 20)
    return complaints.at(tree, sentences.refused, {
      what,
      instead: sayInstead(refusedParts[tree.name] ?? instead.others),
    })
  }
  const known = Object.hasOwn(refusedFunctions, name) ? refusedFunctions[name] : undefined
  if (known) return complaints.at(target!, sentences.refused, { what: name, instead: sayInstead(known) })
  if (name === '')
    return complaints.at(tree, sentences.refused, { what: tree.text.slice(0, 20), instead: instead.functions })
  const near = nearest(name, functionNames)
  if (near) return complaints.at(target!, sentences.nearFunction, { name, near })
  return complaints.at(target!, sentences.unknownFunction, { name, names })
}

const sayInstead = (text: Text): Text => filled(text, 'names', names)
