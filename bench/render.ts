/*
 * How many pages of a form are drawn per second on one core by our renderer, beside nunjucks with the macros and the template of
 * govuk-frontend, which make the same page: a date, two lines, radios, a text of several lines and an error summary, in the
 * whole frame of a page. nunjucks compiles its templates once. In turns within one run. Prints the medians and the ratio; the
 * limit is 1.5. What our frame alone costs is told too.
 */

import nunjucks from 'nunjucks'
import { h, type VNode } from 'preact'
import {
  Button,
  DateField,
  ErrorSummary,
  Page,
  type PageContext,
  Radios,
  render,
  type Site,
  say,
  TextArea,
  TextField,
} from '../src/platform/public.ts'
import { machine, median, print } from './praya.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 2)
const turns = 5
const limit = 1.5

const site: Site = {
  name: { en: 'Government of Testland', 'zh-Hant': '測試國政府' },
  site: { en: 'Praya', 'zh-Hant': 'Praya 海旁' },
  tagline: { en: 'Everything public', 'zh-Hant': '公共事務' },
  summary: { en: 'A government for tests.', 'zh-Hant': '測試用的政府。' },
  defaultLanguage: 'en',
  timeZone: 'Asia/Hong_Kong',
  languages: [
    { language: 'zh-Hant', address: 'tc', name: '繁體' },
    { language: 'en', address: 'en', name: 'English' },
    { language: 'zh-Hans', address: 'sc', name: '简体' },
  ],
}
const context: PageContext = {
  language: 'en',
  say: (text, values) => say(text, 'en', values),
  path: '/apply/7f3c/about-you',
  href: (path) => `/en${path}`,
  government: site,
  demonstration: false,
}

/** Different answers, so that nobody draws one page twice. */
const people = Array.from({ length: 64 }, (_, at) => ({
  name: `Chan Siu-ming ${at}`,
  mail: at % 2 === 0 ? 'siu-ming' : `person-${at}@example.org`,
  mistake: at % 2 === 0 ? 'Enter an address with an @, like siu-ming@example.org' : undefined,
  born: { day: String(1 + (at % 28)), month: String(1 + (at % 12)), year: String(1940 + at) },
  reply: at % 3 === 0 ? 'letter' : 'inbox',
  reason: `The hall <no. ${at}> & its roof need mending.`,
}))
type Somebody = (typeof people)[number]

const replies = [
  { value: 'inbox', label: 'In my account' },
  { value: 'letter', label: 'By letter', hint: 'Takes five working days' },
  { value: 'phone', label: 'By telephone' },
]

/** As src/modules/services/applying/question.page.tsx draws a page with a title of its own. */
function OurPage({ name, mail, mistake, born, reply, reason }: Somebody): VNode {
  return h(
    Page,
    { title: 'About you – Tide grant', error: mistake !== undefined },
    h(ErrorSummary, { errors: mistake ? [{ field: 'mail', text: mistake }] : [] }),
    h('h1', null, 'About you'),
    h(
      'form',
      { method: 'post', action: '/en/apply/7f3c/about-you', noValidate: true },
      h(TextField, { name: 'name', label: 'Full name', hint: 'As on your identity document', value: name }),
      h(TextField, { name: 'mail', label: 'Email address', type: 'email', value: mail, error: mistake }),
      h(DateField, { name: 'born', label: 'Date of birth', hint: 'For example, 31 3 1980', value: born, born: true }),
      h(Radios, { name: 'reply', label: 'How should we answer you?', options: replies, value: reply }),
      h(TextArea, { name: 'reason', label: 'Why do you ask?', value: reason, count: 1000 }),
      h('div', { class: 'buttons' }, h(Button, { name: 'act', value: 'continue' }, 'Continue')),
    ),
  ) as VNode
}

const theirTemplate = `{% extends "govuk/template.njk" %}
{% from "govuk/components/button/macro.njk" import govukButton %}
{% from "govuk/components/character-count/macro.njk" import govukCharacterCount %}
{% from "govuk/components/date-input/macro.njk" import govukDateInput %}
{% from "govuk/components/error-summary/macro.njk" import govukErrorSummary %}
{% from "govuk/components/input/macro.njk" import govukInput %}
{% from "govuk/components/radios/macro.njk" import govukRadios %}
{% block pageTitle %}{{ "Error: " if mistake }}About you – Tide grant{% endblock %}
{% block content %}
{% if mistake %}{{ govukErrorSummary({ titleText: "There is a problem", errorList: [{ text: mistake, href: "#mail" }] }) }}{% endif %}
<h1 class="govuk-heading-l">About you</h1>
<form method="post" action="/en/apply/7f3c/about-you" novalidate>
{{ govukInput({ name: "name", id: "name", label: { text: "Full name" }, hint: { text: "As on your identity document" }, value: name }) }}
{{ govukInput({ name: "mail", id: "mail", type: "email", label: { text: "Email address" }, value: mail, errorMessage: { text: mistake } if mistake }) }}
{{ govukDateInput({ id: "born", namePrefix: "born", fieldset: { legend: { text: "Date of birth" } }, hint: { text: "For example, 31 3 1980" }, values: born }) }}
{{ govukRadios({ name: "reply", idPrefix: "reply", fieldset: { legend: { text: "How should we answer you?" } }, value: reply, items: replies }) }}
{{ govukCharacterCount({ name: "reason", id: "reason", maxlength: 1000, label: { text: "Why do you ask?" }, value: reason }) }}
{{ govukButton({ text: "Continue", name: "act", value: "continue" }) }}
</form>
{% endblock %}`

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader('node_modules/govuk-frontend/dist'), {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
})
const template = nunjucks.compile(theirTemplate, environment)
const theirReplies = replies.map(({ value, label, hint }) => ({ value, text: label, hint: hint && { text: hint } }))

const draw = {
  ours: (somebody: Somebody) => render(somebody, OurPage, context),
  theirs: (somebody: Somebody) => template.render({ ...somebody, replies: theirReplies }),
  frame: () => render({}, () => h(Page, { title: 'About you' }) as VNode, context),
}

/** Both show each answer, each mistake and no tag that somebody typed, or they are not compared. */
for (const somebody of people)
  for (const html of [draw.ours(somebody), draw.theirs(somebody)]) {
    const shown = [somebody.name, somebody.mail, `value="${somebody.born.year}"`, 'five working days', 'name="act"']
    const missing = shown.filter((each) => !html.includes(each))
    if (missing.length > 0 || html.includes('<no.')) throw new Error(`A page lacks ${missing.join(', ')}`)
    if (somebody.mistake && html.split(somebody.mistake).length !== 3) throw new Error('A mistake is not told twice')
  }

function perSecond(one: (somebody: Somebody) => string): number {
  const end = performance.now() + seconds * 1000
  let count = 0
  const begin = performance.now()
  while (performance.now() < end) {
    for (const somebody of people) one(somebody)
    count += people.length
  }
  return (count / (performance.now() - begin)) * 1000
}

print(machine())
const rates = { ours: [] as number[], theirs: [] as number[], frame: [] as number[] }
const kinds = Object.keys(rates) as (keyof typeof rates)[]
for (const kind of kinds) perSecond(draw[kind])
for (let turn = 0; turn < turns; turn++) for (const kind of kinds) rates[kind].push(perSecond(draw[kind]))
const [ours, theirs, frame] = kinds.map((kind) => median(rates[kind])) as [number, number, number]
const ratio = ours / theirs
print(
  `a page of a form: ${ours.toFixed(0)} pages/s of ${draw.ours(people[0]!).length} bytes; nunjucks ${theirs.toFixed(0)} pages/s of ${draw.theirs(people[0]!).length} bytes; ratio ${ratio.toFixed(2)}; limit ${limit}`,
)
print(`the frame of a page alone: ${(1e6 / frame).toFixed(0)} µs of ${(1e6 / ours).toFixed(0)} µs for the page`)
if (ratio < limit) process.exitCode = 1
