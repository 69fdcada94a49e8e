import { type Static, Type } from 'typebox'
import {
  type Complaint,
  type Definition,
  expects,
  FigureId,
  OwnAddress,
  type Pack,
  PackId,
  packText,
  packWords,
  reference,
} from '#pack'
import { texts } from '#platform'
import { heads } from '../documents/pack-head.ts'

/*
 * The map from the paper to the platform: an initiative is what a Head of the Estimates says that it does, a system is
 * what runs. Every matter of a programme is claimed by one initiative; the initiative names its systems, and what a
 * system answers follows from that, so that it is written once.
 */

const SourceLine = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  description: 'A line of the printed text, counted from 1',
})
const ThreeDigits = Type.String({
  pattern: '^[0-9]{3}$',
  ...expects({ en: "Three digits in quotation marks, as '000'", 'zh-Hant': "加引號的三位數字，例如 '000'" }),
})
const ProgrammeNumber = Type.Integer({ minimum: 1, maximum: 99, description: 'The programme of the Head' })

export const SystemId = Type.String({ pattern: '^s[1-9][0-9]?$', maxLength: 3 })
export const Status = Type.Enum(['planned', 'running', 'ended'], {
  description:
    'As the document says for its year; ended is our reading: work of the year before, no matter of this year',
})

/** One of the systems that a Head pays for, which a module runs. */
export type System = Static<typeof System>
export const System = Type.Object({
  id: Type.String({
    ...SystemId,
    ...expects({ en: 'The letter s and a number, as s12', 'zh-Hant': '字母 s 和號碼，例如 s12' }),
  }),
  name: packText(60, 'A short name'),
  description: packText(500, 'What it is, in two sentences'),
  modules: Type.Array(PackId, {
    minItems: 1,
    maxItems: 3,
    description: 'The modules that run it, the main one first',
  }),
  runs: Type.Optional(
    Type.Literal(true, { description: 'Its modules do this work already; without it, they do not yet' }),
  ),
  address: Type.Optional(OwnAddress),
  evidence: Type.Optional(
    Type.Array(Type.Object({ name: packText(80), address: OwnAddress }), {
      minItems: 1,
      maxItems: 6,
      description: 'Pages that prove what it does here',
    }),
  ),
  protocols: Type.Array(Type.Object({ name: packWords(80), address: Type.Optional(OwnAddress) }), {
    maxItems: 12,
    description: 'The open protocols that it speaks',
  }),
  owner: reference('organisation'),
  programme: ProgrammeNumber,
})

/** An item of “work done” (`done`) or of “matters requiring special attention” (`attention`) of a programme. */
export type Matter = Static<typeof Matter>
export const Matter = Type.Object({
  list: Type.Enum(['done', 'attention'], { description: 'Work done in the year before, or matters of this year' }),
  item: Type.Integer({ minimum: 1, maximum: 200, description: 'Its number in the list, counted from 1' }),
  line: SourceLine,
})

export const places = [
  'cover',
  'description',
  'matter',
  'target',
  'indicator',
  'explanation',
  'breakdown',
  'commitment',
] as const

/** What one Head of one year says that it does. */
export type Initiative = Static<typeof Initiative>
const Initiative = Type.Object({
  id: PackId,
  document: Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}/[1-9][0-9]{0,2}$',
    ...expects({ en: 'Year and Head, as 2023-24/47', 'zh-Hant': '年度和總目，例如 2023-24/47' }),
  }),
  name: packText(80, 'A short name, in our own words'),
  partOf: Type.Optional(
    Type.String({ ...PackId, description: 'The initiative of the same document that holds this one' }),
  ),
  status: Status,
  statusLine: SourceLine,
  owner: reference('organisation'),
  partners: Type.Optional(Type.Array(reference('organisation'), { maxItems: 20, uniqueItems: true })),
  programme: ProgrammeNumber,
  drawsOn: Type.Object(
    {
      subhead: ThreeDigits,
      item: Type.Optional(ThreeDigits),
      line: Type.Optional(SourceLine),
    },
    {
      description:
        'The money: the subhead and, for a commitment, its item. Without a line, the document does not say so and we infer it',
    },
  ),
  matters: Type.Array(Matter, {
    maxItems: 50,
    description: 'The matters that it claims; no two initiatives claim the same',
  }),
  mentions: Type.Optional(
    Type.Array(Type.Object({ place: Type.Enum([...places]), line: SourceLine }), {
      maxItems: 30,
      description: 'Other lines that speak of it, and where in the document they stand',
    }),
  ),
  systems: Type.Array(reference('system'), { minItems: 1, maxItems: 50, uniqueItems: true }),
  figures: Type.Array(FigureId, {
    maxItems: 20,
    description: 'Figures of Praya that measure it',
  }),
  indicators: Type.Array(
    Type.String({
      pattern: '^(target|indicator):[0-9]+\\.[0-9]+$',
      maxLength: 40,
      ...expects({
        en: 'A target or indicator, as target:1.1 or indicator:1.2',
        'zh-Hant': '目標或指標，例如 target:1.1 或 indicator:1.2',
      }),
    }),
    {
      maxItems: 20,
      description: 'Targets and indicators of the document that it serves, as indicator:1.2',
    },
  ),
  note: Type.Optional(packText(300, 'What a reader should know that the document does not say')),
})

export const systems: Definition<typeof System> = {
  kind: 'system',
  summary: 'The systems that a Head pays for: what each is, which module runs it, what it speaks, whose it is.',
  file: 'systems.yaml',
  holds: 'list',
  shape: System,
  identifier: 'id',
}

export const initiatives: Definition<typeof Initiative> = {
  kind: 'initiative',
  summary: 'What a Head of the Estimates does in a year, line by line, and the systems that do it.',
  file: 'estimates/*/initiatives.yaml',
  holds: 'list',
  shape: Initiative,
  identifier: ['document', 'id'],
  check: function* (values, pack) {
    const claimed = new Map<string, Initiative>()
    const ids = new Map(values.map((each) => [`${each.document}/${each.id}`, each]))
    for (const each of values) {
      const { partOf, document } = each
      const above = partOf === undefined ? undefined : ids.get(`${document}/${partOf}`)
      if (partOf !== undefined && (!above || above.partOf !== undefined))
        yield { at: each, key: 'partOf', text: sentences.partOf, values: { partOf, document } }
      if (each.drawsOn.item !== undefined && each.drawsOn.subhead === '000')
        yield { at: each.drawsOn, key: 'item', text: sentences.recurrent }
      for (const matter of each.matters) {
        const name = `${document} ${each.programme} ${matter.list} ${matter.item}`
        const before = claimed.get(name)
        if (before) yield { at: matter, key: 'item', text: sentences.claimed, values: { id: before.id } }
        claimed.set(name, each)
      }
      const lines = [...each.matters, ...(each.mentions ?? [])].map(({ line }) => line)
      if (!lines.includes(each.statusLine)) yield { at: each, key: 'statusLine', text: sentences.statusLine }
      yield* checkHead(each, pack)
    }
  },
}

const sentences = texts({
  partOf: {
    en: '“{partOf}” must be an initiative of {document} that is not itself a part.',
    'zh-Hant': '「{partOf}」須為 {document} 的計劃項目，而且本身不屬另一計劃項目。',
  },
  recurrent: {
    en: 'A commitment stands under a non-recurrent subhead. Change the subhead, or remove the item.',
    'zh-Hant': '承擔額屬非經常開支的分目。更改分目，或刪去 item。',
  },
  claimed: {
    en: '“{id}” claims this matter already. Let one initiative claim it.',
    'zh-Hant': '「{id}」已列出這個事項。一個事項只可屬一個計劃項目。',
  },
  statusLine: {
    en: 'The status must be read from one of the lines of this initiative. Name one of them.',
    'zh-Hant': '狀況須取自這個計劃項目的其中一行。須為該等行號之一。',
  },
  notInHead: {
    en: 'The Head {document} of this pack has no {part}. It has: {known}.',
    'zh-Hant': '資料包的總目 {document} 沒有 {part}。現有：{known}。',
  },
})

/** What an initiative names of its Head, where the pack holds that Head; another may come from its text. */
function* checkHead(initiative: Initiative, pack: Pack): Generator<Complaint> {
  const { document, programme, drawsOn } = initiative
  const head = pack.find(heads, document)
  if (!head) return
  const known = [
    ...head.programmes.map(({ number }) => `programme:${number}`),
    ...head.tables.flatMap(({ rows }) => rows.map(({ subject }) => subject)),
  ]
  const named = {
    programme: `programme:${programme}`,
    subhead: `subhead:${drawsOn.subhead}`,
    ...(drawsOn.item !== undefined && { item: `commitment:${drawsOn.item}` }),
  }
  for (const [key, part] of Object.entries(named)) {
    const like = [...new Set(known.filter((each) => each.split(':')[0] === part.split(':')[0]))]
    // A Head whose table was lost names none.
    if (like.length === 0 || like.includes(part)) continue
    const at = key === 'programme' ? initiative : drawsOn
    yield { at, key, text: sentences.notInHead, values: { document, part, known: like.join(', ') } }
  }
}

/** A system with all that a Head says about it, by way of its initiatives. */
export type SystemOnPaper = System & {
  initiatives: readonly Initiative[]
  matters: readonly (Matter & { programme: number; document: string; initiative: string })[]
}

/** Every system of the pack, in its order, with the initiatives of `document` (all documents, if none is named). */
export function listSystems(pack: Pack, document?: string): SystemOnPaper[] {
  const wanted = pack.list(initiatives).filter((each) => document === undefined || each.document === document)
  return pack.list(systems).map((system) => {
    const own = wanted.filter((each) => each.systems.includes(system.id))
    const matters = own.flatMap(({ matters, programme, document, id }) =>
      matters.map((matter) => ({ ...matter, programme, document, initiative: id })),
    )
    return { ...system, initiatives: own, matters }
  })
}

/** Whether the work of a system is done in this installation: the pack says that its modules can, and one of them runs. */
export const systemRuns = ({ runs, modules }: Pick<System, 'runs' | 'modules'>, running: readonly string[]): boolean =>
  runs === true && modules.some((name) => running.includes(name))
