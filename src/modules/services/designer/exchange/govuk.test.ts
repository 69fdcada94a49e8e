// Form documents of GOV.UK Forms: what becomes of each question and route.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkShape } from '#pack'
import { say } from '#platform'
import { checkPages } from '../../definitions/checks/pages.rules.ts'
import { Form } from '../../definitions/form.ts'
import { importGovukForm } from './govuk.ts'
import type { Imported } from './imported.ts'

type Loose = Readonly<Record<string, unknown>>

function made(imported: Imported) {
  assert.ok('definition' in imported, JSON.stringify(imported))
  const { definition, notes } = imported
  return {
    ...definition,
    form: definition.apply.form,
    notes: notes.map(({ line, text }) => `${line}: ${say(text, 'en')}`),
  }
}
const same = (words: string) => ({ en: words, 'zh-Hant': words })
const english = '0: The form is in English only. Its English stands for the Chinese until it is translated.'

/** Steps in their order, each going on to the next, as the runner of GOV.UK Forms gets them. */
function documentOf(questions: readonly Loose[], form: Loose = {}) {
  const steps = questions.map(({ routing_conditions = [], exit_pages = [], ...data }, at) => ({
    ...{
      id: `s${at + 1}`,
      position: at + 1,
      next_step_id: at + 1 < questions.length ? `s${at + 2}` : null,
      type: 'question',
    },
    ...{
      data: { question_text: `Question ${at + 1}`, answer_type: 'number', ...data },
      routing_conditions,
      exit_pages,
    },
  }))
  return { form_id: 7, name: 'Register a boat', language: 'en', start_page: 's1', steps, ...form }
}
const choose = (names: readonly string[], more: Loose = {}) => ({
  answer_type: 'selection',
  answer_settings: {
    only_one_option: 'true',
    selection_options: names.map((name) => ({ name, value: name })),
    ...more,
  },
})
const route = (more: Loose) => ({
  id: 1,
  skip_to_end: false,
  goto_page_id: null,
  answer_value: null,
  check_page_id: null,
  ...more,
})

// biome-ignore format: a table
const kinds: readonly [asks: Loose, questions: readonly Loose[]][] = [
  [{ answer_type: 'text', answer_settings: { input_type: 'single_line' } },        [{ kind: 'text', max: 499 }]],
  [{ answer_type: 'text', answer_settings: { input_type: 'long_text' } },          [{ kind: 'long-text', max: 4999 }]],
  [{ answer_type: 'number', is_optional: true },                                   [{ kind: 'number', optional: true }]],
  [{ answer_type: 'email', hint_text: 'At work' },                                 [{ kind: 'email', purpose: 'email', hint: same('At work') }]],
  [{ answer_type: 'phone_number' },                                                [{ kind: 'phone', purpose: 'tel' }]],
  [{ answer_type: 'date', answer_settings: { input_type: 'date_of_birth' } },      [{ kind: 'date', max: 0, purpose: 'bday' }]],
  [{ answer_type: 'date', answer_settings: { input_type: 'other_date' } },         [{ kind: 'date' }]],
  [{ answer_type: 'national_insurance_number' },                                   [{ kind: 'text', mask: 'AA999999A', example: 'QQ123456C' }]],
  [{ answer_type: 'organisation_name' },                                           [{ kind: 'text', max: 499, purpose: 'organization' }]],
  [{ answer_type: 'address' },                                                     [{ kind: 'long-text', max: 499, purpose: 'street-address' }]],
  [{ answer_type: 'file' },                                                        [{ kind: 'file', files: ['pdf', 'image', 'document', 'sheet'], max: 1 }]],
  [{ answer_type: 'name', answer_settings: { input_type: 'full_name', title_needed: 'false' } }, [{ kind: 'text', max: 499, purpose: 'name' }]],
  [choose(['Sail', 'Motor']),                                                      [{ kind: 'choice', options: [{ id: 'sail', title: same('Sail') }, { id: 'motor', title: same('Motor') }] }]],
  [choose(['Sail', 'Motor'], { only_one_option: '0' }),                            [{ kind: 'choices', options: [{ id: 'sail', title: same('Sail') }, { id: 'motor', title: same('Motor') }] }]],
]

for (const [asks, questions] of kinds)
  test(`${asks.answer_type} ${JSON.stringify(asks.answer_settings ?? '').slice(0, 50)} is ${questions[0]!.kind}`, () => {
    const { form } = made(importGovukForm(documentOf([{ ...asks, question_text: 'Your boat' }])))
    assert.deepEqual(form.pages, [
      { id: 'your-boat', questions: questions.map((each) => ({ id: 'your_boat', title: same('Your boat'), ...each })) },
    ])
  })

test('what a form says of itself becomes the title, the contact and the declaration, and the rest is noted', () => {
  const more = {
    support_email: 'boats@example.org',
    support_phone: '555',
    declaration_markdown: 'It is **true**.',
    payment_url: 'https://pay.example',
    submission_format: [],
    what_happens_next_markdown: 'We write to you.',
  }
  const { id, title, contact, form, notes } = made(
    importGovukForm({
      content: documentOf([{ page_heading: 'Before', guidance_markdown: 'Read this.\r\nThen go on.', tag: 'x' }], more),
    }),
  )
  assert.deepEqual(
    [id, title, contact, form.declaration],
    ['register-a-boat', same('Register a boat'), same('boats@example.org\n555'), same('It is **true**.')],
  )
  assert.deepEqual(form.pages[0], {
    id: 'question-1',
    title: same('Before'),
    text: same('Read this.\nThen go on.'),
    questions: [{ id: 'question_1', title: same('Question 1'), kind: 'number' }],
  })
  assert.deepEqual(notes, [
    '0: The text has marks for its look. They stand as they were written.',
    english,
    '0: “payment_url” is not taken over: “https://pay.example”',
    '0: “what_happens_next_markdown” is not taken over: “We write to you.”',
    '1: “tag” is not taken over: “x”',
  ])
})

test('a name in parts is several questions on a page, and another answer is a list of things', () => {
  const name = {
    answer_type: 'name',
    question_text: 'Your name',
    answer_settings: { input_type: 'first_middle_and_last_name', title_needed: 'true' },
  }
  const boats = { question_text: 'Name of a boat', answer_type: 'text', is_repeatable: true, is_optional: true }
  const { form } = made(importGovukForm(documentOf([name, boats])))
  const [one, other] = form.pages
  assert.deepEqual(
    [one!.title, one!.questions!.map(({ id, optional = false }) => `${id} ${optional}`)],
    [
      same('Your name'),
      [
        'title_of_the_person true',
        'first_name_your_name false',
        'middle_names_your_name true',
        'last_name_your_name false',
      ],
    ],
  )
  assert.deepEqual(other!.repeat, {
    ...{ name: 'all_name_of_a_boat', item: same('Name of a boat'), min: 0, max: 20 },
    pages: [
      { id: 'answer', questions: [{ id: 'name_of_a_boat', title: same('Name of a boat'), kind: 'text', max: 499 }] },
    ],
  })
  assert.deepEqual([...checkPages({ ...form, declaration: same('x') })], [])
})

const whens = (imported: Imported) => made(imported).form.pages.map(({ id, when = '' }) => `${id}: ${when}`)
const kind = { question_text: 'Kind', ...choose(['Sail', 'Motor', 'Both']) }

test('a page that a route passes over is asked on every other answer', () => {
  const routing_conditions = [
    route({ check_page_id: 's1', answer_value: 'Sail', goto_page_id: 's4' }),
    route({ check_page_id: 's1', answer_value: 'Both', goto_page_id: 's3' }),
  ]
  assert.deepEqual(whens(importGovukForm(documentOf([{ ...kind, routing_conditions }, {}, {}, {}]))), [
    'kind: ',
    'question-2: kind != "sail" and kind != "both"',
    'question-3: kind != "sail"',
    'question-4: ',
  ])
})

test('a branch for one answer is passed over by all others', () => {
  const one = [route({ check_page_id: 's1', answer_value: 'Sail', goto_page_id: 's4' })]
  const rest = [route({ check_page_id: 's1', goto_page_id: 's5' })]
  const { form, notes } = made(
    importGovukForm(documentOf([{ ...kind, routing_conditions: one }, {}, { routing_conditions: rest }, {}, {}])),
  )
  assert.deepEqual(
    form.pages.map(({ when = '' }) => when),
    ['', 'kind != "sail"', 'kind != "sail"', 'kind = "sail"', ''],
  )
  assert.deepEqual(notes, [english])
})

test('a route may end the form, or leave it by an exit', () => {
  const end = [route({ check_page_id: 's1', answer_value: 'Sail', skip_to_end: true })]
  assert.deepEqual(whens(importGovukForm(documentOf([{ ...kind, routing_conditions: end }, {}, {}]))).slice(1), [
    'question-2: kind != "sail"',
    'question-3: kind != "sail"',
  ])
  const exits = [
    route({
      check_page_id: 's1',
      answer_value: 'Sail',
      exit_page_heading: 'Not for you',
      exit_page_markdown: 'Ask the club.',
    }),
    route({ check_page_id: 's1', answer_value: 'Motor', exit_page_id: 'x' }),
  ]
  const { form } = made(
    importGovukForm(
      documentOf([
        { ...kind, routing_conditions: exits, exit_pages: [{ id: 'x', heading: 'No motors', markdown: 'Sorry.' }] },
        {},
      ]),
    ),
  )
  assert.deepEqual(form.exits, [
    { id: 'exit-not-for-you', title: same('Not for you'), text: same('Ask the club.'), when: 'kind = "sail"' },
    { id: 'exit-no-motors', title: same('No motors'), text: same('Sorry.'), when: 'kind = "motor"' },
  ])
})

test('“None of the above” is an option, and what is asked on it a page', () => {
  const none_of_the_above_question = { question_text: 'Which, then?', is_optional: 'false' }
  const asked = {
    question_text: 'Kind',
    ...choose(['Sail', 'Motor'], { none_of_the_above_question }),
    is_optional: true,
  }
  const routing_conditions = [route({ check_page_id: 's1', answer_value: 'none_of_the_above', goto_page_id: 's3' })]
  const { form } = made(importGovukForm(documentOf([{ ...asked, routing_conditions }, {}, {}])))
  assert.deepEqual(
    form.pages.map(({ id, when = '' }) => `${id}: ${when}`),
    ['kind: ', 'which-then: kind = "none-of-the-above"', 'question-2: kind != "none-of-the-above"', 'question-3: '],
  )
  assert.deepEqual(form.pages[0]!.questions![0]!.options!.at(-1), {
    id: 'none-of-the-above',
    title: { en: 'None of the above', 'zh-Hant': '以上皆非' },
  })
})

// biome-ignore format: a table
const noted: readonly [name: string, questions: readonly Loose[], note: string][] = [
  ['an unknown kind',      [{ answer_type: 'map', question_text: 'Where?' }, {}], '1: There is no question of the kind “map” here. “Where?” is not taken over.'],
  ['no question',          [{ answer_type: null }, {}],                           '1: This step asks no question, and is not taken over.'],
  ['an answer unknown',    [{ ...kind, routing_conditions: [route({ check_page_id: 's1', answer_value: 'Oars', goto_page_id: 's3' })] }, {}, {}], '1: A route from here is not taken over: the answer “Oars” is none of a question with one choice.'],
  ['a number’s route',     [{ routing_conditions: [route({ check_page_id: 's1', answer_value: '5', goto_page_id: 's3' })] }, {}, {}], '1: A route from here is not taken over: the answer “5” is none of a question with one choice.'],
  ['a way back',           [{}, { ...kind, routing_conditions: [route({ check_page_id: 's2', answer_value: 'Sail', goto_page_id: 's1' })] }], '2: A route from here does not lead to a later question, and is not taken over.'],
  ['a way for all',        [{ ...kind, routing_conditions: [route({ check_page_id: 's1', goto_page_id: 's3' })] }, {}, {}], '1: A route from here is for every answer, so that what it passes over would never be asked. It is not taken over.'],
  ['one option',           [choose(['Sail'])],                                    '1: There are fewer than two options, so an answer is typed. The option: “Sail”'],
  ['an address',           [{ answer_type: 'address' }],                          '1: The parts of the address are written together, in one answer.'],
]
for (const [name, questions, note] of noted)
  test(`${name} is noted by the number of its question`, () => {
    assert.deepEqual(made(importGovukForm(documentOf(questions))).notes, [english, note])
  })

test('documents of the first version have their questions as pages', () => {
  const pages = [
    {
      id: 3,
      next_page: 4,
      question_text: 'Kind',
      ...choose(['Sail', 'Motor']),
      routing_conditions: [route({ check_page_id: 3, answer_value: 'Sail', goto_page_id: 5 })],
    },
    { id: 4, next_page: 5, question_text: 'Power', answer_type: 'number' },
    { id: 5, next_page: null, question_text: 'Age', answer_type: 'number' },
  ]
  const imported = importGovukForm({ id: 1, name: 'Boats', pages })
  assert.deepEqual(whens(imported), ['kind: ', 'power: kind != "sail"', 'age: '])
  assert.deepEqual(made(imported).notes, [english])
})

test('what is no form document is refused with why', () => {
  for (const json of [null, 5, 'steps', [], {}, { steps: 5 }, { content: {} }]) {
    const imported = importGovukForm(json)
    assert.match('refused' in imported ? imported.refused.en : '', /no form document/)
  }
  const many = importGovukForm({ steps: Array.from({ length: 301 }, () => ({})) })
  assert.match('refused' in many ? many.refused.en : '', /more than 300 questions/)
  const none = importGovukForm({ steps: [{}] })
  assert.match('refused' in none ? none.refused.en : '', /No question/)
})

test('whatever a document says, what is taken over has the shape of a form', () => {
  const words = fc.oneof(
    fc.constantFrom('Sail', 'Motor', '', ' ', '\u0000', '姓名', 'a'.repeat(3000), '__proto__'),
    fc.jsonValue({ maxDepth: 1 }),
  )
  const id = fc.constantFrom('s1', 's2', 's3', 's9', 1, null)
  const settings = fc.record({
    input_type: words,
    only_one_option: fc.constantFrom('true', '0'),
    selection_options: fc.array(fc.record({ name: words }), { maxLength: 4 }),
  })
  const condition = fc.record({
    check_page_id: id,
    goto_page_id: id,
    answer_value: words,
    skip_to_end: fc.boolean(),
    exit_page_heading: words,
  })
  const answer = fc.constantFrom('text', 'number', 'selection', 'name', 'date', 'file', 'address', 'constructor', '')
  const data = fc.record({
    question_text: words,
    hint_text: words,
    answer_type: answer,
    answer_settings: settings,
    is_optional: fc.boolean(),
    is_repeatable: fc.boolean(),
    page_heading: words,
    guidance_markdown: words,
  })
  const step = fc.record({ id, next_step_id: id, data, routing_conditions: fc.array(condition, { maxLength: 3 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), words, (steps, name) => {
      const imported = importGovukForm({ name, steps, declaration_text: name })
      if ('refused' in imported) return
      const { form } = imported.definition.apply
      assert.deepEqual([...checkShape(Form, { declaration: same('x'), ...form }, () => undefined)], [])
    }),
    { numRuns: 500 },
  )
})
