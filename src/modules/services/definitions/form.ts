import { type Static, Type } from 'typebox'
import { expects, oneOf, PackId, packText, packWords, reference } from '#pack'

/** How a question, group or page of answers is called in conditions: a name of the language of conditions, so no hyphens. */
export const AnswerName = Type.String({
  pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
  maxLength: 60,
  ...expects({
    en: 'Lower-case letters, digits and underscores, a letter first, as school_name',
    'zh-Hant': '小寫字母、數字和底線，以字母開頭，例如 school_name',
  }),
})

/** A condition or calculation in the language of docs/standards/feel.md. */
export const Expression = (description: string) => Type.String({ minLength: 1, maxLength: 1000, description })

const questionKinds = [
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'yes-no',
  'choice',
  'choices',
  'email',
  'phone',
  'file',
  'declaration',
] as const
export type QuestionKind = (typeof questionKinds)[number]

/** Tokens of HTML’s `autocomplete` that a question may have (WCAG 2.2, 1.3.5). */
const purposes = [
  'name',
  'email',
  'tel',
  'organization',
  'organization-title',
  'street-address',
  'bday',
  'url',
  'postal-code',
] as const

/** What a file may be; each stands for its media types (`applying/files`). */
export const fileKinds = ['pdf', 'image', 'document', 'sheet', 'slides', 'video'] as const
export type FileKind = (typeof fileKinds)[number]

export type Option = Static<typeof Option>
const Option = Type.Object({ id: PackId, title: packText(200), hint: Type.Optional(packText(300)) })

/** Where an answer can come from without being asked: the person’s own account, or a register that a department keeps. */
const Prefill = Type.Object({
  from: oneOf(['account', 'register'], 'The account of whoever is signed in, or a register'),
  register: Type.Optional(reference('source')),
  field: Type.String({
    pattern: '^[a-z][A-Za-z0-9_]*$',
    maxLength: 60,
    ...expects({ en: 'The name of the field there, as name', 'zh-Hant': '該處的欄位名稱，例如 name' }),
  }),
  by: Type.Optional({
    ...AnswerName,
    description: 'For a register: the question whose answer is the key of the entry',
  }),
})

/** One thing that is asked. What only some kinds have is refused for the others by the check. */
export type Question = Static<typeof Question>
export const Question = Type.Object({
  id: AnswerName,
  title: packText(200, 'The question or the label, as a person reads it'),
  hint: Type.Optional(packText(400)),
  kind: oneOf(questionKinds, 'What the answer is'),
  optional: Type.Optional(Type.Boolean({ description: 'Whether it may be left out' })),
  missing: Type.Optional(packText(200, 'What to say where it was left out; made from the title otherwise')),
  min: Type.Optional(
    Type.Number({ description: 'number, money: the smallest; date: days from today; choices: how few' }),
  ),
  max: Type.Optional(
    Type.Number({
      description: 'text: characters; number, money: the largest; date: days from today; choices, file: how many',
    }),
  ),
  whole: Type.Optional(Type.Boolean({ description: 'number: whether only whole ones count' })),
  unit: Type.Optional(packText(20, 'number: what it counts')),
  mask: Type.Optional(
    Type.String({
      pattern: '^[A9*?\\-/() ]{1,40}$',
      maxLength: 40,
      ...expects({
        en: 'A for a letter, 9 for a digit, * for either, ? for one that may be missing, and - / ( ) as they are',
        'zh-Hant': 'A 代表字母，9 代表數字，* 兩者皆可，? 可有可無，- / ( ) 照寫',
      }),
    }),
  ),
  example: Type.Optional(packWords(60)),
  options: Type.Optional(Type.Array(Option, { minItems: 2, maxItems: 300 })),
  files: Type.Optional(Type.Array(oneOf(fileKinds, 'What may be sent'), { minItems: 1, maxItems: fileKinds.length })),
  purpose: Type.Optional(oneOf(purposes, 'What browsers may fill in')),
  prefill: Type.Optional(Prefill),
  listed: Type.Optional(Type.Boolean({ description: 'Whether officers see and search it in their lists of cases' })),
})

const Questions = Type.Array(Question, { minItems: 1, maxItems: 20 })

/** Pages that are asked again for each of several things: children, activities, lines of a budget. */
const Repeat = Type.Object({
  name: { ...AnswerName, description: 'How the list is called in conditions' },
  item: packText(60, 'What one of them is called: activity'),
  min: Type.Integer({ minimum: 0, maximum: 100 }),
  max: Type.Integer({ minimum: 1, maximum: 100 }),
  pages: Type.Array(
    Type.Object({
      id: PackId,
      title: Type.Optional(packText(200)),
      text: Type.Optional(packText(2000)),
      questions: Questions,
    }),
    { minItems: 1, maxItems: 10 },
  ),
})

/** One page of a form: one question or a few that belong together, or a list of things with pages of their own. */
export type FormPage = Static<typeof FormPage>
export const FormPage = Type.Object({
  id: PackId,
  title: Type.Optional(packText(200, 'The heading; the title of the only question otherwise')),
  text: Type.Optional(packText(2000, 'What a person should know before answering')),
  section: Type.Optional(PackId),
  when: Type.Optional(Expression('On which answers of earlier pages it is asked')),
  by: Type.Optional({ ...PackId, description: 'The party that answers it, where it is not the applicant' }),
  questions: Type.Optional(Questions),
  repeat: Type.Optional(Repeat),
})

/** Where a person leaves who cannot go on: no mistake of theirs, but an answer with what else there is. */
export type Exit = Static<typeof Exit>
export const Exit = Type.Object({
  id: PackId,
  when: Expression('On which answers; it is looked at as soon as they are given'),
  title: packText(200),
  text: packText(2000, 'Why, and what to do instead'),
  instead: Type.Optional(Type.Array(reference('service'), { maxItems: 10, uniqueItems: true })),
})

/** Somebody else who answers pages of their own, by a code that the applicant hands over: a school’s principal. */
const Party = Type.Object({
  id: PackId,
  title: packText(80),
  text: Type.Optional(packText(1000, 'What they are asked to do')),
})

/** A value that is calculated from answers, for conditions, tables and letters. */
const Calculation = Type.Object({
  id: AnswerName,
  title: Type.Optional(packText(200, 'With it, the person sees it among the answers')),
  kind: oneOf(['text', 'number', 'money', 'date', 'yes-no'], 'What it gives'),
  gives: Expression('From answers and from values that stand above'),
})

export type Form = Static<typeof Form>
export const Form = Type.Object({
  sections: Type.Optional(Type.Array(Type.Object({ id: PackId, title: packText(120) }), { minItems: 2, maxItems: 20 })),
  parties: Type.Optional(Type.Array(Party, { minItems: 1, maxItems: 5 })),
  pages: Type.Array(FormPage, { minItems: 1, maxItems: 300 }),
  values: Type.Optional(Type.Array(Calculation, { minItems: 1, maxItems: 100 })),
  exits: Type.Optional(Type.Array(Exit, { minItems: 1, maxItems: 100 })),
  declaration: packText(2000, 'What the person says by sending it'),
})
