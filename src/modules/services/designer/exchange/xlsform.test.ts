// Forms that departments have as XLSForm: what becomes of each line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js'
import fc from 'fast-check'
import writeXlsxFile from 'write-excel-file/node'
import { checkShape } from '#pack'
import { say } from '#platform'
import { checkService } from '../../definitions/check.rules.ts'
import { Form } from '../../definitions/form.ts'
import { readTideGrant } from '../../definitions/testing/changed.ts'
import type { Imported } from './imported.ts'
import { importSheets, importXlsForm } from './xlsform.ts'

type Sheets = Readonly<Record<string, readonly (readonly string[])[]>>
/** With @ for the $ with which XLSForm begins an answer, as templates of JavaScript do. */
const x = (cell: string): string => cell.replaceAll('@', '$')
const sheetsOf = (sheets: Sheets) =>
  Object.entries(sheets).map(([name, lines]) => ({ name, lines: lines.map((line) => line.map(x)) }))

/** The workbook that a spreadsheet program would save. */
async function workbook(sheets: Sheets): Promise<Uint8Array> {
  const all = Object.entries(sheets).map(([sheet, lines]) => ({
    sheet,
    data: lines.map((line) => line.map((value) => (value === '' ? null : { value: x(value), type: String }))),
  }))
  return writeXlsxFile(all).toBuffer()
}

function made(imported: Imported) {
  assert.ok('definition' in imported, JSON.stringify(imported))
  const { definition, notes } = imported
  return {
    ...definition,
    form: definition.apply.form,
    notes: notes.map(({ sheet, line, text }) => `${sheet ?? ''} ${line}: ${say(text, 'en').replaceAll('$', '@')}`),
  }
}
const refusal = (imported: Imported) => ('refused' in imported ? say(imported.refused, 'en') : undefined)

const survey = [
  [
    'type',
    'name',
    'label::English (en)',
    'label::繁體中文 (zh-Hant)',
    'hint::English (en)',
    'hint::繁體中文 (zh-Hant)',
    'required',
    'relevant',
    'constraint',
    'constraint_message::English (en)',
    'calculation',
    'appearance',
    'repeat_count',
    'label::Français (fr)',
  ],
  ['start', 'start'],
  ['note', 'hello', 'Read this first.', '請先閱讀。'],
  ['begin_group', 'you', 'About you', '關於你'],
  ['text', 'fullName', 'Your name', '你的姓名', 'As on your card', '按身份證', 'yes', '', 'string-length(.) <= 80'],
  ['integer', 'age', 'Your age', '你的年齡', '', '', 'yes', '', '. >= 0 and . < 120', 'Too old'],
  ['text', 'guardian', 'Name of a guardian', '監護人姓名', '', '', 'true()', '@{age} < 18'],
  ['end_group'],
  ['select_one kinds', 'kind', 'What kind?', '哪一類？', '', '', 'yes', '', '', '', '', 'minimal'],
  ['begin group', 'more', 'More of it', '詳情', '', '', '', "@{kind} = 'Other Kind'"],
  ['text', 'which', 'Which one?', '是哪一個？', '', '', '', '', '', '', '', 'multiline'],
  [
    'select_multiple topics',
    'topics',
    'Which topics?',
    '哪些題目？',
    '',
    '',
    '',
    "@{which} != ''",
    'count-selected(.) <= 2',
  ],
  ['end group'],
  ['begin_repeat', 'children', 'Children', '子女', '', '', '', '@{age} > 17', '', '', '', '', '3'],
  ['text', 'child', 'Name of the child', '子女姓名', '', '', 'yes'],
  ['decimal', 'cost', 'What does it cost?', '費用？', '', '', 'yes', '@{child} != ""', '. >= 0.5'],
  ['end_repeat'],
  ['calculate', 'total', 'All of it', '總額', '', '', '', '', '', '', '@{sums} + 1'],
  ['calculate', 'sums', '', '', '', '', '', '', '', '', 'sum(@{cost})'],
  ['date', 'when', 'Since when?', '由何時起？', '', '', '', '', '. <= today()'],
  ['file', 'plan', 'Your plan', '計劃書', '', '', '', '@{total} > 100', '', '', '', '', '', 'Le plan'],
  ['image', 'photo', 'A picture', '照片'],
  ['acknowledge', 'ok', 'It is true', '內容屬實', '', '', 'yes'],
  ['geopoint', 'where', 'Where?', '在哪裏？'],
]
const choices = [
  ['list_name', 'name', 'label::English (en)', 'label::繁體中文 (zh-Hant)'],
  ['kinds', 'school', 'School', '學校'],
  ['kinds', 'Other Kind', 'Other', '其他'],
  ['topics', '1', 'Boats', '船'],
  ['topics', '2', 'Pumps', '泵'],
  ['spare', 'x', 'X', '乙'],
]
const settings = [
  ['form_title', 'form_id', 'version', 'default_language'],
  ['Tide survey', 'tide_survey', '2024'],
]

test('a workbook becomes pages, with a note for each line that could not be taken over as it was', async () => {
  const { id, title, form, notes } = made(await importXlsForm(await workbook({ survey, choices, settings })))
  assert.deepEqual([id, title], ['tide-survey', { en: 'Tide survey', 'zh-Hant': 'Tide survey' }])
  const outline = form.pages.map(({ id, when, questions, repeat }) =>
    [
      id,
      questions?.map((each) => each.id).join(' ') ??
        repeat!.pages.map(({ questions }) => questions.map((each) => each.id).join(' ')),
      when,
    ].flat(),
  )
  assert.deepEqual(outline, [
    ['you', 'full_name age', undefined],
    ['guardian', 'guardian', 'age < 18'],
    ['kind', 'kind', undefined],
    ['more', 'which', 'kind = "other-kind"'],
    ['topics', 'topics', 'kind = "other-kind" and which != null'],
    ['children', 'child cost', 'age > 17'],
    ['when', 'when', undefined],
    ['plan', 'plan', 'total > 100'],
    ['photo', 'photo', undefined],
    ['ok', 'ok', undefined],
  ])
  assert.deepEqual(form.pages[0], {
    id: 'you',
    title: { en: 'About you', 'zh-Hant': '關於你' },
    text: { en: 'Read this first.', 'zh-Hant': '請先閱讀。' },
    questions: [
      {
        id: 'full_name',
        title: { en: 'Your name', 'zh-Hant': '你的姓名' },
        hint: { en: 'As on your card', 'zh-Hant': '按身份證' },
        kind: 'text',
        max: 80,
      },
      { id: 'age', title: { en: 'Your age', 'zh-Hant': '你的年齡' }, kind: 'number', whole: true, min: 0, max: 119 },
    ],
  })
  const kinds = form.pages.flatMap(({ questions = [] }) =>
    questions.map(({ kind, optional = false, min, max }) => [kind, optional, min, max].join(' ')),
  )
  assert.deepEqual(kinds, [
    'text false  80',
    'number false 0 119',
    'text false  ',
    'choice false  ',
    'long-text true  ',
    'choices true  2',
    'date true  0',
    'file true  ',
    'file true  ',
    'declaration false  ',
  ])
  assert.deepEqual(form.pages[5]!.repeat!.pages[0]!.questions[1], {
    id: 'cost',
    title: { en: 'What does it cost?', 'zh-Hant': '費用？' },
    kind: 'number',
    min: 0.5,
  })
  assert.deepEqual(
    [form.pages[5]!.repeat!.name, form.pages[5]!.repeat!.min, form.pages[5]!.repeat!.max],
    ['children', 3, 3],
  )
  assert.deepEqual(form.values, [
    { id: 'sums', kind: 'number', gives: 'sum(children.cost)' },
    { id: 'total', title: { en: 'All of it', 'zh-Hant': '總額' }, kind: 'number', gives: 'sums + 1' },
  ])
  assert.deepEqual(notes, [
    'survey 1: The column “label::Français (fr)” is in a language that services do not have. It is not taken over.',
    'survey 2: “start” is filled in by the device, and nobody is asked. “start” is not taken over.',
    'survey 5: “fullName” is called “full_name” here.',
    'survey 6: “constraint_message::English (en)” is not taken over: “Too old”',
    'survey 9: The column “appearance” is not taken over. It is filled in on the lines 9.',
    'survey 16: In a list of things every question is asked. The condition is not taken over: @{child} != ""',
    'survey 24: There is no question of the kind “geopoint” here. “where” is not taken over.',
    'choices 2: Choices of the list “kinds” have other names here: Other Kind → other-kind.',
    'choices 4: Choices of the list “topics” have other names here: 1 → option-1, 2 → option-2.',
    'choices 6: No question asks for the list “spare”. It is not taken over.',
    'settings 2: The setting “version” is not taken over: “2024”',
    'settings 2: The title of the form is not there in Traditional Chinese. The words of another language stand for it until it is translated.',
  ])
})

test('put into a service that is else complete, it passes every check that publishing makes', async () => {
  const { form } = made(importSheets(sheetsOf({ survey, choices })))
  const grant = await readTideGrant()
  const steps = grant.apply!.case.steps.map(({ when: _, ...step }) => step)
  const { rules: _, outputs: __, ...rest } = grant.apply!.case
  const plain = { en: 'It has come.', 'zh-Hant': '已收到。' }
  const messages = rest.messages.map((each) => ({ ...each, text: plain }))
  const service = {
    ...grant,
    apply: {
      ...grant.apply!,
      form: { ...form, declaration: grant.apply!.form.declaration },
      case: { ...rest, messages, steps: steps.map(({ outputs: _, ...step }) => step) },
    },
  }
  const told = [...checkService(service)].map(({ text, values }) => say(text, 'en', values))
  assert.deepEqual(told, [])
})

// biome-ignore format: a table
const lines: readonly [name: string, rows: readonly (readonly string[])[], note: string][] = [
  ['an unknown kind',          [['rank l', 'r', 'R']],                                          '2: There is no question of the kind “rank l” here. “r” is not taken over.'],
  ['no type',                  [['', 'r', 'R']],                                                '2: This line has no type, so it is not taken over: “r · R”'],
  ['no label',                 [['text', 'r']],                                                 '2: There is no label. The name “r” stands for it.'],
  ['no name',                  [['text', '', 'R']],                                             '2: This line has no name. One was made from its label.'],
  ['a name twice',             [['text', 'r', 'R'], ['text', 'r', 'S']],                        '3: The name “r” stands on another line too. This one has a number behind it here, and conditions are taken to mean the first.'],
  ['a word of ours',           [['text', 'reference', 'R']],                                    '2: “reference” is called “reference_answer” here.'],
  ['a list that is not there', [['select_one none', 'r', 'R']],                                 '2: The list “none” has no choices, so an answer is typed.'],
  ['another answer',           [['select_one two or_other', 'r', 'R']],                         '2: People could write another answer than those of the list. Add an option for it, and a question that is asked where it is chosen.'],
  ['a pattern',                [['text', 'r', 'R', '', "regex(., '^A')"]],                      '2: This part of the constraint is not taken over: regex(., \'^A\')'],
  ['a constraint in error',    [['text', 'r', 'R', '', '. >']],                                 '2: The constraint is not taken over, as it ends too early: . >'],
  ['a limit that cannot be',   [['text', 'r', 'R', '', 'string-length(.) < 90000']],            '2: “max” is not taken over. “max” is from 1 to 10000 here. Write a number between them.'],
  ['a path',                   [['text', 'r', 'R', '../a > 1']],                                '2: The condition is not taken over, as it cannot be read from “/a > 1” on: ../a > 1. It is always asked.'],
  ['an answer asked later',    [['text', 'r', 'R', '@{s} = 1'], ['integer', 's', 'S']],         '2: The condition is not taken over, so the page is always asked. “s” is asked only later, or on this page itself. Ask it before, or move this condition behind it.'],
  ['a place in a label',       [['text', 'r', 'Hello @{s}']],                                   '2: The text shows an answer by its name in braces. Texts of forms have no such places, so it stands as it was written.'],
  ['marks',                    [['text', 'r', 'Hello **you**']],                                '2: The text has marks for its look. They stand as they were written.'],
  ['required on a condition',  [['text', 'r', 'R', '', '', '@{s} > 1']],                        '2: It is required only on a condition: @{s} > 1. Here it may be left out.'],
  ['what was there before',    [['text', 'r', 'R', '', '', '', 'Mei']],                         '2: “default” is not taken over: “Mei”'],
  ['a condition of a text',    [['note', 'n', 'N', '@{r} = 1'], ['text', 'r', 'R']],            '2: The text is shown whatever was answered. Its condition is not taken over: @{r} = 1'],
  ['a text at the end',        [['text', 'r', 'R'], ['note', 'n', 'N']],                        ''],
  ['a group of one with a condition', [['begin_group', 'g', 'G'], ['text', 'r', 'R', '1 = 1'], ['end_group']], '2: The title of the group stands on no page, as none of its pages has several questions: “G”'],
  ['a calculation of text and number', [['text', 'r', 'R'], ['calculate', 'c', '', '', '', '', '', '@{r} * 2']], '3: The calculation is not taken over, as “@{r}” and “2” are calculated with: @{r} * 2'],
  ['calculations in a circle', [['text', 'r', 'R'], ['calculate', 'c', '', '', '', '', '', '@{c} + 1']], '3: The calculation is not taken over, as the answer “c” was not taken over: @{c} + 1'],
  ['a list in a list',         [['text', 'r', 'R'], ['begin_repeat', 'a', 'A'], ['text', 'b', 'B'], ['begin_repeat', 'c', 'C'], ['text', 'd', 'D'], ['end_repeat'], ['end_repeat']], '5: A list of things cannot have another one in it. “c” is not taken over, up to line 7.'],
  ['an empty list',            [['text', 'r', 'R'], ['begin_repeat', 'a', 'A'], ['end_repeat']], '3: The list of things “a” asks nothing that can be taken over.'],
  ['an end of nothing',        [['text', 'r', 'R'], ['end_group']],                             '3: Nothing is open that this line could end.'],
  ['no end',                   [['begin_group', 'g', 'G'], ['text', 'r', 'R']],                 '2: Nothing ends what begins here. It is taken to go on to the last line.'],
  ['a long label',             [['text', 'r', `${'a'.repeat(200)} and more`]],                  '2: The label has more than 200 characters. What follows was left out: “and more”'],
  ['a column of its own',      [['text', 'r', 'R', '', '', '', '', '', 'own']],                 '2: The column “our_column” is not taken over. It is filled in on the lines 2.'],
]
const head = ['type', 'name', 'label', 'relevant', 'constraint', 'required', 'default', 'calculation', 'our_column']
const two = [
  ['list_name', 'name', 'label'],
  ['two', 'a', 'A'],
  ['two', 'b', 'B'],
]

for (const [name, rows, note] of lines)
  test(`${name} is noted with its line`, () => {
    const filler = ['text', 'filler', 'Filler']
    const { notes } = made(importSheets(sheetsOf({ survey: [head, ...rows, filler], choices: two })))
    const usual = /Traditional Chinese|“two”/
    assert.deepEqual(
      notes.filter((each) => !usual.test(each)),
      note ? [`survey ${note}`] : [],
    )
  })

test('a text behind the last question stands on its page, and a form in Chinese needs no column that says so', () => {
  const { form, notes } = made(importSheets(sheetsOf({ survey: [head, ['text', 'r', '姓名'], ['note', 'n', '多謝']] })))
  assert.deepEqual(form.pages[0]!.text, { en: '多謝', 'zh-Hant': '多謝' })
  assert.match(notes[0]!, /^survey 2: The label is not there in English/)
})

// As in the examples that come with pyxform: specify_other, group, and the aliases of its table.
test('forms as they were written years ago are taken over too', () => {
  const survey = [
    ['type', 'name', 'label:English (en)'],
    ['select one from two or specify other', 'sex', 'One of two'],
    ['select all that apply from two', 'all', 'All'],
    ['add select multiple prompt using two', 'more', 'More'],
    ['select1 two', 'first', 'First'],
    ['begin looped group', 'child', 'Child'],
    ['phone number', 'phone', 'Phone number'],
    ['end looped group'],
    ['begin group', 'father', 'Father'],
    ['integer', 'age', 'How old is your father?'],
    ['end group'],
  ]
  const { form, notes } = made(importSheets(sheetsOf({ survey, choices: two })))
  const kinds = form.pages.flatMap(({ questions = [], repeat }) =>
    repeat ? [[repeat.name, repeat.pages[0]!.questions[0]!.kind]] : questions.map(({ id, kind }) => [id, kind]),
  )
  assert.deepEqual(kinds, [
    ['sex', 'choice'],
    ['all', 'choices'],
    ['more', 'choices'],
    ['first', 'choice'],
    ['child', 'phone'],
    ['age', 'number'],
  ])
  assert.ok(notes.some((each) => /^survey 2: People could write another answer/.test(each)))
})

test('what is no form is refused with why', async () => {
  const xlsx = (sheets: Sheets) => workbook(sheets).then(importXlsForm).then(refusal)
  assert.match((await xlsx({ Sheet1: survey }))!, /no sheet called survey/)
  assert.match(
    (await xlsx({
      survey: [
        ['name', 'label'],
        ['a', 'A'],
      ],
    }))!,
    /no column called type/,
  )
  assert.match(
    (await xlsx({
      survey: [
        ['type', 'name'],
        ['geopoint', 'a'],
      ],
    }))!,
    /No question/,
  )
  const many = Array.from({ length: 3001 }, (_, at) => ['text', `q${at}`, 'Q'])
  assert.throws(() => importSheets(sheetsOf({ survey: [head, ...many] })), { name: 'Refused' })
  const deep = Array.from({ length: 11 }, (_, at) => ['begin_group', `g${at}`, 'G'])
  assert.match((await xlsx({ survey: [head, ...deep, ['text', 'r', 'R']] }))!, /more than 10 deep on line 12/)
  assert.match(refusal(await importXlsForm(Buffer.from('type,name,label')))!, /no workbook of Excel/)
  assert.match(refusal(await importXlsForm(Buffer.from('PK\x03\x04 and nothing behind', 'latin1')))!, /cannot be read/)
  assert.match(refusal(await importXlsForm(new Uint8Array(2_000_001)))!, /more than 2 MB/)
  const far =
    '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>type</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
  assert.match(
    refusal(
      await importXlsForm(
        await zipped({ 'xl/workbook.xml': '<workbook></workbook>', 'xl/worksheets/sheet1.xml': far }),
      ),
    )!,
    /more than 5000 rows/,
  )
  assert.match(
    refusal(await importXlsForm(await zipped({ 'xl/workbook.xml': `<workbook ${'<a '.repeat(1000)}` })))!,
    /cannot be read/,
  )
  assert.match(
    refusal(await importXlsForm(await zipped({ 'xl/workbook.xml': ' '.repeat(30_000_000) })))!,
    /cannot be read/,
  )
  assert.match(refusal(await importXlsForm(await zipped({ 'word/document.xml': '<a></a>' })))!, /no workbook of Excel/)
})

test('lines are counted as a spreadsheet shows them, also behind empty ones', async () => {
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const sheet = [
    ['2', cell('B2', 'type') + cell('C2', 'name') + cell('D2', 'label')],
    ['4', cell('B4', 'text') + cell('C4', 'q') + cell('D4', 'Q')],
    ['9', cell('B9', 'geopoint') + cell('C9', 'g') + cell('D9', 'G')],
  ].map(([at, cells]) => `<row r="${at}">${cells}</row>`)
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const bytes = await zipped({
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${sheet.join('')}</sheetData></worksheet>`,
  })
  const { notes } = made(await importXlsForm(bytes))
  assert.equal(notes.at(-1), 'survey 9: There is no question of the kind “geopoint” here. “g” is not taken over.')
})

async function zipped(parts: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter())
  for (const [name, text] of Object.entries(parts)) await writer.add(name, new TextReader(text))
  return new Uint8Array(await (await writer.close()).arrayBuffer())
}

test('whatever the lines of a form say, what is taken over has the shape of a form and compiles', () => {
  const type = fc.constantFrom(
    'text',
    'integer',
    'date',
    'select_one two',
    'select_multiple two',
    'note',
    'calculate',
    'acknowledge',
    'begin_group',
    'end_group',
    'begin_repeat',
    'end_repeat',
    'file',
    '',
    'x',
  )
  const name = fc.constantFrom('a', 'b', 'c', 'A b', '1', '', 'reference', 'if', '日')
  const label = fc.constantFrom('L', '姓名', '', 'a'.repeat(300), '😀'.repeat(110))
  const expression = fc.constantFrom(
    '',
    '@{a} = 1',
    '@{b} > 2',
    "selected(@{c}, 'a')",
    'not(@{a})',
    'today()',
    '. < 5',
    'sum(@{b})',
    '@{a} + 1',
    `@{a} = '${'x'.repeat(900)}'`,
  )
  const row = fc.tuple(
    type,
    name,
    label,
    expression,
    expression,
    fc.constantFrom('yes', '', 'no'),
    fc.constant(''),
    expression,
  )
  fc.assert(
    fc.property(fc.array(row, { maxLength: 14 }), (rows) => {
      const imported = importAll({ survey: [head, ...rows], choices: two })
      if (!imported) return
      const { form } = imported.definition.apply
      const whole = { ...form, declaration: { en: 'x', 'zh-Hant': 'x' } }
      assert.deepEqual([...checkShape(Form, whole, () => undefined)], [])
      const ids = form.pages.map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length)
    }),
    { numRuns: 400 },
  )
})

function importAll(sheets: Sheets) {
  try {
    const imported = importSheets(sheetsOf(sheets))
    return 'definition' in imported ? imported : undefined
  } catch (error) {
    assert.equal((error as Error).name, 'Refused')
    return undefined
  }
}
