// What people type, as answers; and what is none, with what to do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Question, QuestionKind } from '../definitions/form.ts'
import { matchMask, readQuestion } from './read.rules.ts'

const today = '2026-11-28'
const title = { en: 'Thing', 'zh-Hant': '事項' }
const option = (id: string) => ({ id, title })
const ask = (kind: QuestionKind, more: Partial<Question> = {}) => ({ id: 'q', title, kind, ...more }) as Question
const read = (question: Question, typed: Record<string, string | string[]>) =>
  readQuestion(question, { typed, files: {} }, today)
const day = (text: string) => {
  const [year = '', month = '', date = ''] = text.split('-')
  return { 'q-year': year, 'q-month': month, 'q-day': date }
}

// biome-ignore format: matrix
const answers: [string, Question, Record<string, string | string[]>, unknown][] = [
  ['text without the spaces around it', ask('text'),                             { q: '  Quay Watchers ' },     'Quay Watchers'],
  ['a line of text stays one line',     ask('text'),                             { q: 'one\r\n two' },          'one two'],
  ['several lines stay several',        ask('long-text'),                        { q: 'one\r\n\r\ntwo' },       'one\n\ntwo'],
  ['a number with commas',              ask('number'),                           { q: '1,234.5' },              1234.5],
  ['a number in full width',            ask('number', { whole: true }),          { q: '１２' },                  12],
  ['a number below nothing',            ask('number'),                           { q: '−3' },                   -3],
  ['money in cents',                    ask('money'),                            { q: '$1,250.5' },             125050],
  ['money with its currency',           ask('money'),                            { q: 'HK$ 40' },               4000],
  ['money without a fraction',          ask('money'),                            { q: '0.07' },                 7],
  ['a day',                             ask('date'),                             day('2024-2-29'),              '2024-02-29'],
  ['a day in full width',               ask('date'),                             day('２０２４-０２-０１'),         '2024-02-01'],
  ['today is not in the future',        ask('date', { max: 0 }),                 day('2026-11-28'),             '2026-11-28'],
  ['yes',                               ask('yes-no'),                           { q: 'yes' },                  true],
  ['no',                                ask('yes-no'),                           { q: 'no' },                   false],
  ['a choice',                          ask('choice', { options: [option('a'), option('b')] }),  { q: 'b' },  'b'],
  ['choices, in the order of the form', ask('choices', { options: [option('a'), option('b')] }), { q: ['b', 'a'] }, ['a', 'b']],
  ['no choice where none is needed',    ask('choices', { options: [option('a'), option('b')], optional: true }), { q: '' }, []],
  ['an address',                        ask('email'),                            { q: ' Ada@example.org' },     'Ada@example.org'],
  ['a number of a phone',               ask('phone'),                            { q: '+852 2123 4567' },       '+852 2123 4567'],
  ['a mask without its signs',          ask('text', { mask: 'AA-9999' }),        { q: 'ts 1234' },             'TS-1234'],
  ['a box that is ticked',              ask('declaration'),                      { q: 'yes' },                  true],
  ['nothing where nothing is needed',   ask('text', { optional: true }),         { q: '  ' },                   undefined],
]
for (const [name, question, typed, answer] of answers)
  test(`is an answer: ${name}`, () => assert.deepEqual(read(question, typed), answer === undefined ? {} : { answer }))

// biome-ignore format: matrix
const mistakes: [string, Question, Record<string, string | string[]>, RegExp, string?][] = [
  ['nothing',                    ask('text'),                       { q: ' ' },            /^Answer “Thing”/],
  ['nothing, in its own words',  ask('text', { missing: { en: 'Say what.', 'zh-Hant': '請說明。' } }), {}, /^Say what\.$/],
  ['too much text',              ask('text', { max: 3 }),           { q: 'four' },         /may have 3 characters, and has 4/],
  ['no number',                  ask('number'),                     { q: 'about ten' },    /must be a number/],
  ['more digits than a number holds', ask('number'),                { q: '9'.repeat(16) }, /must be a number/],
  ['a part of a whole',          ask('number', { whole: true }),    { q: '1.5' },          /must be a whole number/],
  ['too little',                 ask('number', { min: 3 }),         { q: '2' },            /must be 3 or more/],
  ['too much',                   ask('money', { max: 40000 }),      { q: '40,000.01' },    /must be 40,000 or less/],
  ['money below nothing',        ask('money'),                      { q: '-5' },           /must be a number/],
  ['a part of a cent',           ask('money'),                      { q: '1.234' },        /at most two digits/],
  ['no day of the calendar',     ask('date'),                       day('2026-2-29'),      /must be a day of the calendar/],
  ['a year of two digits',       ask('date'),                       day('26-2-28'),        /must be a day of the calendar/],
  ['a day without its month',    ask('date'),                       { 'q-day': '1', 'q-year': '2026' }, /needs the month/, 'q-month'],
  ['a day that is still to come', ask('date', { max: 0 }),          day('2026-11-29'),     /must be 28 November 2026 or earlier/],
  ['a day that is gone',         ask('date', { min: 7 }),           day('2026-12-04'),     /must be 5 December 2026 or later/],
  ['neither yes nor no',         ask('yes-no'),                     { q: 'maybe' },        /^Choose an answer/],
  ['a choice that is none',      ask('choice', { options: [option('a'), option('b')] }),  { q: 'c' }, /^Choose an answer/],
  ['too few choices',            ask('choices', { options: [option('a'), option('b')], min: 2 }), { q: ['a', 'c'] }, /^Choose at least 2/],
  ['too many choices',           ask('choices', { options: [option('a'), option('b')], max: 1 }), { q: ['a', 'b'] }, /^Choose at most 1/],
  ['no address',                 ask('email'),                      { q: 'ada@example' },  /must be an email address/],
  ['no number of a phone',       ask('phone'),                      { q: 'call me' },      /must be a phone number/],
  ['another form than the mask', ask('text', { mask: 'AA-9999', example: 'TS-1234' }), { q: 'T1234' }, /like TS-1234/],
  ['a box that is not ticked',   ask('declaration'),                {},                    /^Tick the box/],
  ['no file',                    ask('file'),                       {},                    /^Send a file/],
]
for (const [name, question, typed, sentence, control = 'q'] of mistakes)
  test(`is no answer: ${name}`, () => {
    const { answer, mistake } = read(question, typed)
    assert.equal(answer, undefined)
    assert.equal(mistake?.control, control)
    assert.match(mistake.text.en, sentence)
    assert.match(mistake.text['zh-Hant'], /\p{Script=Han}/u)
  })

test('a mask takes what it describes, however its signs are typed, and nothing else', () => {
  assert.equal(matchMask('A999999(9)', 'a1234563'.toUpperCase()), 'A123456(3)')
  assert.equal(matchMask('?A999999(9)', 'AB123456(3)'), 'AB123456(3)')
  assert.equal(matchMask('99/99', '1 2-3 4'), '12/34')
  for (const wrong of ['', '123', '12345', 'ab/cd']) assert.equal(matchMask('99/99', wrong), undefined, wrong)
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{2}-[0-9]{4}$/), (text) => {
      assert.equal(matchMask('AA-9999', text), text)
      assert.equal(matchMask('AA-9999', text.replace('-', '')), text)
      assert.equal(matchMask('AA-9999', `${text}0`), undefined)
    }),
  )
})

test('whatever is typed is an answer or has a sentence, and never an error', () => {
  const kinds = [
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
    'declaration',
  ] as const
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.boolean(),
      (kind, typed, optional) => {
        const question = ask(kind, {
          optional,
          options: [option('a'), option('b')],
          min: kind === 'date' ? -10 : 0,
          max: 10,
        })
        const { answer, mistake } = read(question, { q: typed, 'q-day': typed, 'q-month': typed, 'q-year': typed })
        assert.ok(mistake === undefined || answer === undefined)
        assert.ok(optional || mistake !== undefined || answer !== undefined)
      },
    ),
    { numRuns: 2000 },
  )
})
