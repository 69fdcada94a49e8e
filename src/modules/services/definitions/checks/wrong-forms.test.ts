// What people who write a service do wrong in its catalogue entry and its form, and what they are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from '../check.rules.ts'
import { complaintsAbout, type Loose, readTideGrant } from '../testing/changed.ts'

const tideGrant = await readTideGrant()

const page = (s: Loose, id: string) => s.apply.form.pages.find((each: Loose) => each.id === id)
const question = (s: Loose, id: string) =>
  s.apply.form.pages
    .flatMap(({ questions = [], repeat }: Loose) => [
      ...questions,
      ...(repeat?.pages.flatMap((each: Loose) => each.questions) ?? []),
    ])
    .find((each: Loose) => each.id === id)
const exit = (s: Loose, id: string) => s.apply.form.exits.find((each: Loose) => each.id === id)
const both = (en: string, han: string) => ({ en, 'zh-Hant': han })
const repeat = (s: Loose) => page(s, 'activities').repeat
const addPage = (s: Loose, ...pages: Loose[]) => s.apply.form.pages.push(...pages)
const principal = (s: Loose, ...pages: Loose[]) => {
  s.apply.form.parties = [{ id: 'head', title: both('Head', '主管') }]
  addPage(s, ...pages)
}
const agrees = {
  ...{ id: 'agrees', section: 'contact', by: 'head' },
  questions: [{ id: 'agrees', kind: 'declaration', title: both('I agree', '我同意') }],
}
const source = {
  ...{ id: 'schools', title: both('Schools', '學校'), about: both('Made up', '虛構'), organisation: 'tide-station' },
  ...{ key: 'code', fields: [{ id: 'code', title: both('Code', '編號') }], entries: [] },
}
const known: Context = { sources: new Map([['schools', source]]) }

type Row = [name: string, change: (service: Loose) => void, ...told: string[]]

// biome-ignore format: a table
const rows: Row[] = [
  ['nothing', () => {}],

  // The catalogue.
  ['no channel is online', (s) => s.channels.shift(), 'channels: People can apply here, and no channel is online. Add “kind: online”.'],
  ['online without a form', (s) => { delete s.apply }, 'kind: Online needs a form to fill in. Write “apply”, or take this channel out.'],
  ['the last day before the first', (s) => { s.opens = { from: '2030-02-01', until: '2030-01-31' } }, 'until: The last day, 2030-01-31, is before the first, 2030-02-01. Turn them round.'],
  ['a service called like a page', (s) => { s.id = 'figures' }, 'id: Pages of this site already stand at /services/figures. Take another name for the service.'],
  ['a service called like the cases', (s) => { s.id = 'cases' }, 'id: Pages of this site already stand at /services/cases. Take another name for the service.'],
  ['an example that the mask refuses', (s) => { Object.assign(question(s, 'school_code'), { mask: 'AA-9999', example: 'TS-12' }) }, 'example: The example “TS-12” is no answer that the form takes. Write one that fits “mask”: AA-9999.'],
  ['an example without the signs of the mask', (s) => { Object.assign(question(s, 'school_code'), { mask: 'AA-9999', example: 'TS1234' }) }],
  ['an example that is too long', (s) => { question(s, 'group_name').example = 'A group of people'; question(s, 'group_name').max = 10 }, 'example: The example “A group of people” is no answer that the form takes. Write one that fits “max”: 10.'],
  ['a fee', (s) => { s.fee.cents = 100 }, 'cents: No module of this installation takes money yet. Let the form be free of charge, or take “apply” out.'],
  ['a level without signing in', (s) => { s.apply.level = 2 }, 'level: “level” needs to know who the person is. Write “signIn: needed”, or take it out.'],
  ['once without signing in', (s) => { s.apply.once = true }, 'once: “once” needs to know who the person is. Write “signIn: needed”, or take it out.'],
  ['related to itself', (s) => { s.related = ['tide-grant'] }, '0: A service does not lead to itself. Name another one.'],
  ['an exit to itself', (s) => { exit(s, 'company').instead = ['tide-grant'] }, '0: A service does not lead to itself. Name another one.'],
  ['too many questions', (s) => { page(s, 'kind').questions.push(...Array.from({ length: 500 }, (_, at) => ({ id: `q${at}`, title: both(`Q${at}`, `問${at}`), kind: 'text' }))); page(s, 'kind').title = both('Many', '很多') }, '-: A form has 500 questions at most, and this one 517. Divide it into two services.'],
  ['too large', (s) => { s.about = both('a'.repeat(900_000), '大') }, '-: The definition has 911 kB, and may have 900. Shorten its texts, or divide it into two services.'],

  // Names.
  ['a question twice', (s) => { question(s, 'more').id = 'phone' }, 'id: “phone” is taken already. Give one of the two another name.'],
  ['a question called like a list', (s) => { question(s, 'more').id = 'activities' }, 'id: “activities” is taken already. Give one of the two another name.'],
  ['a question of a thing called like another', (s) => { question(s, 'held_on').id = 'phone' }, 'id: “phone” is taken already. Give one of the two another name.'],
  ['a question called by a keyword', (s) => { question(s, 'more').id = 'if' }, 'id: “if” is a word of the language of conditions. Take another name, as if_is.'],
  ['a question called today', (s) => { question(s, 'more').id = 'today' }, 'id: “today” means something of its own in conditions and messages. Take another name.'],
  ['a question called like a place', (s) => { question(s, 'more').id = 'reason' }, 'id: “reason” means something of its own in conditions and messages. Take another name.'],
  ['a question called as what every object has', (s) => { question(s, 'more').id = 'constructor' }, 'id: “constructor” means something of its own in conditions and messages. Take another name.'],
  ['a value called like a question', (s) => { s.apply.form.values.push({ id: 'more', kind: 'number', gives: '1' }) }, 'id: “more” is taken already. Give one of the two another name.'],
  ['a page twice', (s) => { page(s, 'more').id = 'kind' }, 'id: “kind” is taken already. Give one of the two another name.'],
  ['a page of a thing twice', (s) => { repeat(s).pages[1].id = 'what' }, 'id: “what” is taken already. Give one of the two another name.'],
  ['a section twice', (s) => { s.apply.form.sections[2].id = 'plan' }, 'id: “plan” is taken already. Give one of the two another name.', 'section: There is no section “contact”. Write it among the sections, or correct it here.', 'section: There is no section “contact”. Write it among the sections, or correct it here.'],
  ['an exit twice', (s) => { exit(s, 'too-small').id = 'company' }, 'id: “company” is taken already. Give one of the two another name.'],

  // Questions.
  ['options of a text', (s) => { question(s, 'group_name').options = question(s, 'kind').options }, 'options: A question of the kind text has no “options”. Take it out, or ask in another kind.'],
  ['no options', (s) => { delete question(s, 'topics').options }, '-: A question of the kind choices needs “options”. Write it.'],
  ['an option twice', (s) => { question(s, 'topics').options[2].id = 'warning' }, 'id: “warning” is taken already. Give one of the two another name.'],
  ['two options that read alike', (s) => { question(s, 'topics').options[2].title = both('Warnings', '船隻') }, 'en: Two options read “Warnings”. Write what tells them apart.'],
  ['more chosen than there are', (s) => { question(s, 'topics').max = 4 }, 'max: “max” is from 1 to 3 here. Write a number between them.'],
  ['half a choice', (s) => { question(s, 'topics').min = 1.5 }, 'min: “min” counts here. Write a whole number.'],
  ['no kinds of files', (s) => { delete question(s, 'plan_file').files }, '-: A question of the kind file needs “files”. Write it.'],
  ['too many files', (s) => { question(s, 'plan_file').max = 21 }, 'max: “max” is from 1 to 20 here. Write a number between them.'],
  ['files of a date', (s) => { question(s, 'founded_on').files = ['pdf'] }, 'files: A question of the kind date has no “files”. Take it out, or ask in another kind.'],
  ['a mask of a number', (s) => { question(s, 'members').mask = '999' }, 'mask: A question of the kind number has no “mask”. Take it out, or ask in another kind.'],
  ['a unit of a text', (s) => { question(s, 'group_name').unit = both('m', '米') }, 'unit: A question of the kind text has no “unit”. Take it out, or ask in another kind.'],
  ['whole of money', (s) => { question(s, 'cost').whole = true }, 'whole: A question of the kind money has no “whole”. Take it out, or ask in another kind.'],
  ['a least of a text', (s) => { question(s, 'group_name').min = 2 }, 'min: A question of the kind text has no “min”. Take it out, or ask in another kind.'],
  ['the least above the most', (s) => { question(s, 'members').min = 100001 }, 'min: The smallest, 100001, is more than the largest, 100000. Turn them round.', 'when: Nobody leaves here: “members < 3” is true for no answers that can be given, or other exits come first. Correct it, or take the exit out.'],
  ['a third of a cent', (s) => { question(s, 'cost').min = 0.333 }, 'min: Money has two decimal places at most. Write min with no more.'],
  ['negative money', (s) => { question(s, 'cost').min = -1 }, 'min: “min” is from 0 to 1000000000000 here. Write a number between them.'],
  ['half a day', (s) => { question(s, 'founded_on').max = 0.5 }, 'max: “max” counts here. Write a whole number.'],
  ['half a person', (s) => { question(s, 'members').min = 0.5 }, 'min: “min” counts here. Write a whole number.'],
  ['letters without end', (s) => { question(s, 'more').max = 10001 }, 'max: “max” is from 1 to 10000 here. Write a number between them.'],
  ['a declaration that is listed', (s) => { question(s, 'insured').kind = 'declaration'; question(s, 'insured').listed = true }, 'listed: A question of the kind declaration has no “listed”. Take it out, or ask in another kind.'],

  // Prefill.
  ['a field that no account has', (s) => { question(s, 'contact_name').prefill.field = 'born' }, 'field: An account gives name, email, phone to a question of this kind, and not “born”. Use one of them.'],
  ['a name as an email address', (s) => { question(s, 'email').prefill = { from: 'account', field: 'name' } }, 'field: An account gives email to a question of this kind, and not “name”. Use one of them.'],
  ['an account for a date', (s) => { question(s, 'founded_on').prefill = { from: 'account', field: 'name' } }, '-: An account gives nothing to a question of this kind. Take the prefill out.'],
  ['an account where nobody signs in', (s) => { s.apply.signIn = 'none' }, 'from: Nobody signs in to this service, so that there is no account to fill in from. Take the prefill out.'],
  ['a register of the account', (s) => { question(s, 'contact_name').prefill.register = 'schools' }, 'register: “register” belongs to registers. Take it out where the answer comes from the account.'],
  ['a register without a key', (s) => { question(s, 'contact_name').prefill = { from: 'register', register: 'schools', field: 'code' } }, 'from: To fill in from a register, “by” is needed. Write it.'],
  ['a register by a question of later', (s) => { question(s, 'contact_name').prefill = { from: 'register', register: 'schools', field: 'code', by: 'email' } }, 'by: “email” is no text that a page before asks for. Name the question whose answer is the key.'],
  ['a register that is not there', (s) => { question(s, 'contact_name').prefill = { from: 'register', register: 'shools', field: 'code', by: 'school_code' } }, 'register: There is no register “shools”. Write it in sources/, or correct it here.'],
  ['a field that no register has', (s) => { question(s, 'contact_name').prefill = { from: 'register', register: 'schools', field: 'name', by: 'school_code' } }, 'field: The register “schools” has no field “name”. It has: code.'],
  ['a register as it should be', (s) => { question(s, 'contact_name').prefill = { from: 'register', register: 'schools', field: 'code', by: 'school_code' } }],

  // Pages, sections and parties.
  ['a page that asks nothing', (s) => { delete page(s, 'more').questions; page(s, 'more').title = both('More', '更多') }, '-: This page asks nothing. Give it questions, or a list of things.'],
  ['a page that asks both', (s) => { page(s, 'activities').questions = [{ id: 'x', title: both('X?', '甚麼？'), kind: 'yes-no' }] }, 'repeat: A page has either questions or a list of things. Make two pages of it.'],
  ['two questions without a title', (s) => { delete page(s, 'contact').title }, '-: This page has no question of its own to be its heading. Give it a title.'],
  ['a list without a title', (s) => { delete page(s, 'activities').title }, '-: This page has no question of its own to be its heading. Give it a title.'],
  ['two questions of a thing without a title', (s) => { delete repeat(s).pages[0].title }, '-: This page has no question of its own to be its heading. Give it a title.'],
  ['two pages of one heading', (s) => { page(s, 'contact').title = both('Your group', '聯絡') }, 'en: Another page has the heading “Your group” too. Write headings that tell them apart.'],
  ['a list of none', (s) => { repeat(s).min = 11 }, 'min: At least 11 and at most 10 leaves no number. Turn them round.'],
  ['a section that is not there', (s) => { page(s, 'kind').section = 'groop' }, 'section: There is no section “groop”. Write it among the sections, or correct it here.'],
  ['a page in no section', (s) => { delete page(s, 'insured').section }, '-: This form has sections, and the page is in none. Name its section.'],
  ['a section without pages', (s) => { s.apply.form.sections.push({ id: 'empty', title: both('Empty', '空') }) }, '-: No page is in this section. Put one there, or take the section out.'],
  ['a section in two pieces', (s) => { page(s, 'more').section = 'group' }, 'section: Pages of another section stand between this page and the rest of “group”. Put the pages of a section together.'],
  ['a party that is not there', (s) => { page(s, 'insured').by = 'head' }, 'by: There is no party “head”. Write it among the parties, or correct it here.'],
  ['a party without a page', (s) => principal(s), '-: This party has no page to answer. Name it in “by” of a page, or take it out.'],
  ['a party as it should be', (s) => principal(s, agrees)],
  ['a party before the applicant', (s) => principal(s, agrees, { id: 'last', section: 'contact', questions: [{ id: 'last', title: both('Last?', '最後？'), kind: 'yes-no' }] }), '-: The page before is answered by somebody else, who comes after the applicant. Put the applicant’s own pages first.'],
  ['parties alone', (s) => { principal(s); for (const each of s.apply.form.pages) each.by = 'head' }, 'by: Every page is answered by somebody else. Ask the applicant something on the first page.'],
  ['a page that waits for another party', (s) => { principal(s, agrees, { ...agrees, id: 'other', by: 'clerk', when: 'agrees', questions: [{ id: 'other', title: both('Other?', '其他？'), kind: 'yes-no' }] }); s.apply.form.parties.push({ id: 'clerk', title: both('Clerk', '文員') }) }, 'when: “agrees” is answered by another party, who may come later. Ask on answers of the applicant or of this party.'],
  ['a value that waits for another party', (s) => { principal(s, agrees, { ...agrees, id: 'other', by: 'clerk', when: 'agreed', questions: [{ id: 'other', title: both('Other?', '其他？'), kind: 'yes-no' }] }); s.apply.form.parties.push({ id: 'clerk', title: both('Clerk', '文員') }); s.apply.form.values.push({ id: 'agreed', kind: 'yes-no', gives: 'agrees' }) }, 'when: “agreed” is answered by another party, who may come later. Ask on answers of the applicant or of this party.'],

  // Conditions.
  ['what is asked only later', (s) => { page(s, 'name').when = 'insured' }, 'when: “insured” is asked only later, or on this page itself. Ask it before, or move this condition behind it.'],
  ['what is asked on the page itself', (s) => { page(s, 'name').when = 'members > 3' }, 'when: “members” is asked only later, or on this page itself. Ask it before, or move this condition behind it.'],
  ['a page for no answer', (s) => { page(s, 'founded').when = 'members > 5 and members < 6' }, 'when: “members > 5 and members < 6” is true for no answers that can be given, so that this page is never asked. Correct the condition, or take the page out.'],
  ['a page for every answer', (s) => { page(s, 'founded').when = 'members >= 0' }, 'when: “members >= 0” is true for all answers that can be given. Take the condition out, or correct it.'],
  ['a page for every answer that may be left out', (s) => { page(s, 'insured').when = 'phone != null' }],
  ['a page for every answer that is given', (s) => { page(s, 'insured').when = 'group_name != null' }, 'when: “group_name != null” is true for all answers that can be given. Take the condition out, or correct it.'],
  ['a page behind a page that is not asked', (s) => { page(s, 'insured').when = 'kind = "association" and school_code = "TS-1234"' }, 'when: “kind = "association" and school_code = "TS-1234"” is true for no answers that can be given, so that this page is never asked. Correct the condition, or take the page out.'],
  ['a page of what only schools answer', (s) => { page(s, 'insured').when = 'kind = "school" and school_code != null' }],
  ['a page behind an exit', (s) => { page(s, 'topics').when = 'kind = "company"' }, 'when: Nobody comes to this page: whoever fulfils “kind = "company"” has left by an exit before. Take the page out, or correct the exits.'],
  ['a page behind two exits', (s) => { page(s, 'topics').when = 'kind = "company" or members in (0, 1)' }, 'when: Nobody comes to this page: whoever fulfils “kind = "company" or members in (0, 1)” has left by an exit before. Take the page out, or correct the exits.'],
  ['an exit for no answer', (s) => { exit(s, 'too-small').when = 'members < 0' }, 'when: Nobody leaves here: “members < 0” is true for no answers that can be given, or other exits come first. Correct it, or take the exit out.'],
  ['an exit behind another', (s) => { exit(s, 'too-small').when = 'kind = "company" and members < 3' }, 'when: Nobody leaves here: “kind = "company" and members < 3” is true for no answers that can be given, or other exits come first. Correct it, or take the exit out.'],
  ['an exit for every answer', (s) => { exit(s, 'too-small').when = 'members >= 0' }, 'when: Everybody leaves here: “members >= 0” is true for all answers that can be given, and nobody can send the form. Correct it.'],
  ['exits for every answer', (s) => { s.apply.form.exits.push({ id: 'others', when: 'kind != "company"', title: both('Others', '其他'), text: both('None', '沒有') }) }, 'when: Nobody comes to this page: whoever fulfils “kind = "school"” has left by an exit before. Take the page out, or correct the exits.', 'when: Nobody comes to this page: whoever fulfils “kind != "school"” has left by an exit before. Take the page out, or correct the exits.', 'when: Whatever people answer, one of the exits company, others takes them, and nobody can send the form. Correct one of them.'],
  ['exits for every answer in two questions', (s) => { exit(s, 'company').when = 'kind = "company" or members > 2' }, 'when: Whatever people answer, one of the exits company, too-small takes them, and nobody can send the form. Correct one of them.'],
  ['a condition that nobody can read', (s) => { page(s, 'founded').when = 'kind == "school"' }, 'when: “kind == "school"”: “==” is part of FEEL that cannot be used in definitions. Write one of these signs: =, !=, <, <=, >, >=.'],
]

test('each slip in a form is told, with what to do, and nothing else is', () => {
  const wrong = rows.flatMap(([name, change, ...told]) => {
    const found = complaintsAbout(tideGrant, change, known)
    return JSON.stringify(found.told) === JSON.stringify(told) ? [] : [{ name, told: found.told }]
  })
  assert.deepEqual(wrong, [])
})

test('what is complained of stands in the definition, so that its line can be named', () => {
  for (const [name, change] of rows) {
    const { complaints, changed } = complaintsAbout(tideGrant, change, known)
    const parts = new Set<unknown>()
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || parts.has(value)) return
      parts.add(value)
      for (const each of Object.values(value)) collect(each)
    }
    collect(changed)
    for (const { at, key } of complaints) {
      assert.ok(parts.has(at), name)
      if (key !== undefined) assert.ok(key in at, `${name}: ${key}`)
    }
  }
})
