import { type Static, Type } from 'typebox'
import { expects } from '#pack'
import { limits } from './limits.ts'

/*
 * How a table file is to be read. A mapping says everything that the file itself does not: which column is what, what a
 * unit is worth, which code means the total. What it leaves unsaid is never guessed; docs/guides/import-tables.md
 * explains each key by a worked example.
 */

/** A column by its heading, or by its position counted from 1. */
export type ColumnName = Static<typeof ColumnName>
export const ColumnName = Type.Union(
  [Type.String({ minLength: 1, maxLength: 200 }), Type.Integer({ minimum: 1, maximum: limits.columns })],
  expects({
    en: 'The heading of a column, or its position counted from 1 to 256',
    'zh-Hant': '該欄的標題，或由 1 起計的位置，至 256 止',
  }),
)

export type NameLanguage = Static<typeof NameLanguage>
export const NameLanguage = Type.Enum(['en', 'zh-Hant'])

/** One column for every language, or one for each. */
const ColumnOfText = Type.Union(
  [
    ColumnName,
    Type.Object(
      { en: Type.Optional(ColumnName), 'zh-Hant': Type.Optional(ColumnName) },
      { additionalProperties: false },
    ),
  ],
  expects({
    en: 'A heading or a position, or one for each language, as { en: Name, zh-Hant: 名稱 }',
    'zh-Hant': '標題或位置；或每種語文各一，例如 { en: Name, zh-Hant: 名稱 }',
  }),
)

/** The four columns of money that the Estimates print. */
export const moneyPhases = ['actual', 'original', 'revised', 'estimate'] as const
export type MoneyPhase = (typeof moneyPhases)[number]
const MoneyPhase = Type.Enum([...moneyPhases])

const MoneyUnit = Type.Enum(['dollar', 'ten-thousand', 'thousand', 'million', 'hundred-million'])

const closed = { additionalProperties: false }
const Word = Type.String({ maxLength: 100 })
const Words = Type.Array(Word, { maxItems: 50 })
const RowNumber = Type.Integer({ minimum: 1, maximum: limits.rows })
const Offset = Type.Optional(Type.Integer({ minimum: -9, maximum: 9 }))

export type Mapping = Static<typeof Mapping>
export const Mapping = Type.Object(
  {
    title: Type.Optional(Type.String({ maxLength: 200, description: 'What the file is, for people' })),
    rows: Type.Enum(['programmes', 'subheads'], {
      description: 'What one row of the file is: programmes or subheads',
    }),
    language: Type.Union(
      [NameLanguage, Type.Array(NameLanguage, { minItems: 1, maxItems: 2, uniqueItems: true })],
      expects({
        en: 'The language in which names are written: en or zh-Hant, or both, as [en, zh-Hant]',
        'zh-Hant': '名稱所用的語文：en 或 zh-Hant；兩者並用則寫 [en, zh-Hant]',
      }),
    ),
    file: Type.Optional(
      Type.Object(
        {
          kind: Type.Optional(Type.Enum(['csv', 'xlsx'])),
          delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
          sheet: Type.Optional(ColumnName),
          header: Type.Optional(
            Type.Union(
              [Type.Literal('none'), RowNumber],
              expects({
                en: 'The row of the headings, as 1, or none where there is none',
                'zh-Hant': '標題所在的列，例如 1；沒有標題則寫 none',
              }),
            ),
          ),
          skip: Type.Optional(Type.Array(RowNumber, { maxItems: 1000 })),
          comment: Type.Optional(Type.String({ minLength: 1, maxLength: 10 })),
        },
        closed,
      ),
    ),
    columns: Type.Object(
      {
        year: Type.Optional(ColumnName),
        head: Type.Optional(ColumnName),
        title: Type.Optional(ColumnOfText),
        code: ColumnName,
        name: Type.Optional(ColumnOfText),
        aim: Type.Optional(ColumnOfText),
        actual: Type.Optional(ColumnName),
        original: Type.Optional(ColumnName),
        revised: Type.Optional(ColumnName),
        estimate: Type.Optional(ColumnName),
        amount: Type.Optional(ColumnName),
        phase: Type.Optional(ColumnName),
        period: Type.Optional(ColumnName),
      },
      closed,
    ),
    ignore: Type.Optional(
      Type.Union(
        [Type.Literal('others'), Type.Array(ColumnName, { maxItems: 256 })],
        expects({
          en: 'A list of columns that are left out on purpose, as [Notes, 9], or the word others',
          'zh-Hant': '故意略去的欄，例如 [Notes, 9]；或寫 others',
        }),
      ),
    ),
    constants: Type.Optional(
      Type.Object(
        {
          year: Type.Optional(
            Type.String({
              pattern: '^[0-9]{4}-[0-9]{2}$',
              ...expects({ en: 'A financial year, as 2023-24', 'zh-Hant': '財政年度，例如 2023-24' }),
            }),
          ),
          head: Type.Optional(
            Type.Union(
              [Type.String({ pattern: '^[1-9][0-9]{0,2}$' }), Type.Integer({ minimum: 1, maximum: 999 })],
              expects({ en: 'The number of a Head, as 47', 'zh-Hant': '總目編號，例如 47' }),
            ),
          ),
          title: Type.Optional(Type.String({ maxLength: 300 })),
        },
        closed,
      ),
    ),
    repeat: Type.Optional(
      Type.Array(Type.Enum(['year', 'head', 'title', 'code', 'name']), {
        maxItems: 5,
        description: 'Columns in which an empty cell means the same as above',
      }),
    ),
    bareYear: Type.Optional(
      Type.Enum(['first', 'last'], {
        description: 'What 2023 alone means: the first half of 2023-24, or the last half of 2022-23',
      }),
    ),
    unit: MoneyUnit,
    decimals: Type.Integer({ minimum: 0, maximum: 6, description: 'How many decimals an amount has, from 0 to 6' }),
    offsets: Type.Optional(
      Type.Object(
        { actual: Offset, original: Offset, revised: Offset, estimate: Offset },
        { ...closed, description: 'Which year each column speaks of, counted from the year of the Estimates' },
      ),
    ),
    phases: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), MoneyPhase, {
        maxProperties: 50,
        description: 'The words of the phase column: actual, original, revised or estimate for each',
      }),
    ),
    total: Type.Optional(
      Type.Array(
        Type.Union(
          [Word, Type.Integer()],
          expects({
            en: "A code that means the total, as Total, or '' for an empty one",
            'zh-Hant': "代表總計的編號，例如 Total；空白則寫 ''",
          }),
        ),
        { maxItems: 50 },
      ),
    ),
    nil: Type.Optional(Words),
    thousands: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 1 }), { maxItems: 5 })),
    decimal: Type.Optional(Type.Enum(['.', ','])),
    negative: Type.Optional(Type.Array(Type.Enum(['minus', 'brackets']), { maxItems: 2 })),
    marks: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 2 }), { maxItems: 30 })),
    codeDigits: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 4,
        description: 'Digits of a subhead, where a spreadsheet lost leading zeros',
      }),
    ),
  },
  { ...closed, description: 'How a table file of the Estimates is to be read' },
)

/** In the Estimates of year Y: spent in Y−2; voted for, and forecast in, Y−1; asked for in Y. */
export const usualOffsets: Readonly<Record<MoneyPhase, number>> = { actual: -2, original: -1, revised: -1, estimate: 0 }

/** What a mapping means by the keys that it does not write. */
export const usual = {
  total: [] as readonly string[],
  nil: ['—', '–', '-'] as readonly string[],
  thousands: [','] as readonly string[],
  decimal: '.',
  negative: ['minus', 'brackets'] as readonly string[],
  marks: ['#', '*', '¶', '§', '†', '‡', 'Λ', '±', '^', 'β', 'φ', 'μ'] as readonly string[],
} as const

export const languagesOf = ({ language }: Mapping): readonly NameLanguage[] =>
  typeof language === 'string' ? [language] : language
