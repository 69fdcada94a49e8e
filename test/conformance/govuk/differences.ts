/**
 * Where our tree differs from theirs on purpose. Each finds one element of theirs, in the components that it names, and says what
 * stands there in ours; all else must be the same. One that no fixture needs fails the test.
 */
import type { Element, Node } from './tree.ts'

export type Difference = {
  components: readonly string[]
  difference: string
  reason: string
  find: (element: Element, parents: readonly Element[]) => boolean
  /** What stands in ours instead. It may change the element that it is given. */
  ours: (element: Element, parents: readonly Element[]) => Node[]
}

const has = (node: Node | undefined, name: string): node is Element =>
  typeof node === 'object' && node.classes.includes(name)
const set = (element: Element, attributes: Record<string, string>) => {
  Object.assign(element.attributes, attributes)
  return [element]
}
const without = (element: Element, ...names: string[]) => {
  for (const name of names) delete element.attributes[name]
  return [element]
}
const fields = ['input', 'textarea', 'select', 'file-upload', 'character-count', 'radios', 'checkboxes', 'date-input']
const choices = ['radios', 'checkboxes']
const groups = [...choices, 'date-input']
const isControl = ({ tag }: Element) => /^(input|textarea|select)$/.test(tag)
const triangle: Element = {
  tag: 'svg',
  classes: [],
  attributes: { viewBox: '0 0 10 10', 'aria-hidden': 'true', focusable: 'false' },
  children: [{ tag: 'path', classes: [], attributes: { d: 'M5 0.4L10 9.4H0Z', fill: 'currentColor' }, children: [] }],
}

export const differences: Difference[] = [
  {
    components: fields,
    difference: 'A hint is a paragraph',
    reason: 'Theirs is a div as it may hold HTML of a caller; ours holds one text.',
    find: (element) =>
      has(element, 'govuk-hint') && element.tag === 'div' && !has(element, 'govuk-character-count__message'),
    ours: (element) => [{ ...element, tag: 'p' }],
  },
  {
    components: [...fields, 'error-message'],
    difference: 'A mistake has a shape before its words',
    reason: 'What is wrong is told by shape and word together, as everywhere in our pages, and not by red alone.',
    find: (element) => has(element, 'govuk-error-message') && has(element.children[0], 'govuk-visually-hidden'),
    ours: (element) => [
      { ...element, children: [triangle, { tag: 'span', classes: [], attributes: {}, children: element.children }] },
    ],
  },
  {
    components: ['input'],
    difference: 'Spelling is not checked in one line',
    reason:
      'Names, numbers and addresses are not words: a browser would underline them, and may send them to its maker.',
    find: (element) => element.tag === 'input' && element.attributes.spellcheck === undefined,
    ours: (element) => set(element, { spellcheck: 'false' }),
  },
  {
    components: ['input', 'textarea', 'select', 'file-upload', 'character-count'],
    difference: 'A control with a mistake says that it is invalid',
    reason: 'WCAG technique ARIA21: who comes to the control by itself hears it, too.',
    find: (element) => isControl(element) && / ?\S+-error( |$)/.test(element.attributes['aria-describedby'] ?? ''),
    ours: (element) => set(element, { 'aria-invalid': 'true' }),
  },
  {
    components: fields,
    difference: 'A label that is the heading of the page holds the heading',
    reason:
      'A legend holds its heading in theirs, too: ours has one order for both, and the whole line can be pressed.',
    find: (element) => element.tag === 'h1' && has(element, 'govuk-label-wrapper'),
    ours: (element, parents) => {
      const label = element.children[0] as Element
      parents.at(-1)!.classes.push('field--page')
      return [{ ...label, children: [{ tag: 'h1', classes: [], attributes: {}, children: label.children }] }]
    },
  },
  {
    components: groups,
    difference: 'A field set is the field itself',
    reason: 'One element less for each question; a field set takes the margin and the line of the field.',
    find: (element) => has(element, 'govuk-form-group') && has(element.children[0], 'govuk-fieldset'),
    ours: (element) => {
      const set = element.children[0] as Element
      const legend = set.children[0] as Element
      const page = has(legend.children[0], 'govuk-fieldset__heading') ? ['field--page'] : []
      return [{ ...set, classes: [...element.classes, ...page] }]
    },
  },
  {
    components: choices,
    difference: 'Options stand in the field set, without a box and a script of their own',
    reason: 'What an option opens is shown by the style sheet (:has), and is there without it.',
    find: (element) => element.attributes['data-module'] === `govuk-${element.classes[0]?.slice(6)}`,
    ours: (element) => element.children,
  },
  {
    components: choices,
    difference: 'Label and hint of an option stand in one column',
    reason: 'The second column of a grid: words of any length stay beside their control.',
    find: (element) =>
      /^govuk-(radios|checkboxes)__item$/.test(element.classes[0] ?? '') && element.children.length > 1,
    ours: (element) => {
      const [control, ...rest] = element.children
      return [{ ...element, children: [control!, { tag: 'div', classes: [], attributes: {}, children: rest }] }]
    },
  },
  {
    components: choices,
    difference: 'An option does not name what it opens',
    reason: 'Their script reads the name; ours needs no script.',
    find: (element) => element.attributes['data-aria-controls'] !== undefined,
    ours: (element) => without(element, 'data-aria-controls'),
  },
  {
    components: choices,
    difference: 'What an option opens has no name, and is not hidden by the server',
    reason: 'The same: the style sheet hides it while its option is not chosen.',
    find: (element) => /__conditional$/.test(element.classes[0] ?? ''),
    ours: (element) => without({ ...element, classes: element.classes.slice(0, 1) }, 'id'),
  },
  {
    components: ['date-input'],
    difference: 'The parts of a date have no name together',
    reason: 'The error summary leads to the first part that is wrong, which takes the focus; a div cannot.',
    find: (element) => has(element, 'govuk-date-input'),
    ours: (element) => without(element, 'id'),
  },
  {
    components: ['date-input'],
    difference: 'A part of a date is one element',
    reason: 'Their second is a form group, for margins that ours does not have.',
    find: (element) => has(element, 'govuk-date-input__item'),
    ours: (element) => [{ ...element, children: (element.children[0] as Element).children }],
  },
  {
    components: ['date-input'],
    difference: 'A part of a date says how long it is, whether to fill it in, and that it is invalid',
    reason: 'Browsers fill in a date of birth only where asked; nothing longer than a year can be typed.',
    find: (element) => has(element, 'govuk-date-input__input'),
    ours: (element, parents) => {
      const error = parents.some((each) => /-error( |$)/.test(each.attributes['aria-describedby'] ?? ''))
      const name = element.attributes.id!
      const year = name.endsWith('-year')
      const born = element.attributes.autocomplete ?? 'off'
      const given = { name, maxlength: year ? '4' : '2', autocomplete: born }
      return set(
        { ...element, classes: element.classes.filter((each) => each !== 'govuk-input--error') },
        {
          ...given,
          ...(error && { 'aria-invalid': 'true' }),
        },
      )
    },
  },
  {
    components: ['character-count'],
    difference: 'The count is told by the server',
    reason: 'It is right without a script, and in each language; a script of theirs would need its words once more.',
    find: (element) => has(element, 'govuk-character-count'),
    ours: (element) => without(element, 'data-module', 'data-maxlength'),
  },
  {
    components: ['character-count'],
    difference: 'What is too long is told before a script runs',
    reason: 'A form comes back with what was typed: how much must go is what its writer needs to know.',
    find: (element, parents) => {
      const typed = parents
        .at(-1)
        ?.children.find((each) => typeof each === 'object' && each.tag === 'textarea') as Element
      const most = Number(/\d+/.exec(String(element.children[0]))?.[0])
      return has(element, 'govuk-character-count__message') && String(typed.children[0] ?? '').length > most
    },
    ours: (element, parents) => {
      const typed = parents
        .at(-1)!
        .children.find((each) => typeof each === 'object' && each.tag === 'textarea') as Element
      const most = Number(/\d+/.exec(String(element.children[0]))![0])
      return [{ ...element, children: [`Characters too many: ${String(typed.children[0]).length - most}`] }]
    },
  },
  {
    components: ['error-summary'],
    difference: 'The list of mistakes stands without a box',
    reason: 'The box holds a description in theirs, which ours never has.',
    find: (element) => has(element, 'govuk-error-summary__body'),
    ours: (element) => element.children,
  },
  {
    components: ['error-summary'],
    difference: 'The summary has a title in our own words',
    reason: 'The same words for every form, in the language of the page.',
    find: (element) => has(element, 'govuk-error-summary__title'),
    ours: (element) => [{ ...element, children: ['There is something to put right'] }],
  },
  {
    components: ['summary-list'],
    difference: 'An action says on what it acts by the key of its row',
    reason: 'A caller cannot forget it, nor name it otherwise than the row does.',
    find: (element, parents) => element.tag === 'a' && has(parents.at(-1), 'govuk-summary-list__actions'),
    ours: (element, parents) => {
      const key = (parents.at(-2)!.children[0] as Element).children[0]!
      const hidden = { tag: 'span', classes: ['govuk-visually-hidden'], attributes: {}, children: [key] }
      return [{ ...element, children: [element.children[0]!, hidden] }]
    },
  },
  {
    components: ['tabs'],
    difference: 'No section is hidden by the server',
    reason: 'Their style sheet hides it only where their script runs; their script hides it there itself.',
    find: (element) => has(element, 'govuk-tabs__panel--hidden'),
    ours: (element) => [{ ...element, classes: element.classes.filter((each) => !each.endsWith('--hidden')) }],
  },
  {
    components: ['breadcrumbs'],
    difference: 'The trail is named “Where you are”',
    reason: 'Nobody outside the trade says “breadcrumb”, and it has no translation into Chinese.',
    find: (element) => has(element, 'govuk-breadcrumbs'),
    ours: (element) => set(element, { 'aria-label': 'Where you are' }),
  },
  {
    components: ['details'],
    difference: 'A section with a name stays open',
    reason: 'A script of our own keeps what a reader opened, by its name.',
    find: (element) => element.tag === 'details' && element.attributes.id !== undefined,
    ours: (element) => set(element, { 'data-module': 'details' }),
  },
  {
    components: ['button'],
    difference: 'A second press does not send twice',
    reason: 'Always so, in ours; theirs does it where it is asked.',
    find: (element) => element.tag === 'button',
    ours: (element) => set(element, { 'data-prevent-double-click': 'true' }),
  },
  {
    components: ['button'],
    difference: 'A button that is disabled says so once',
    reason: 'The attribute of HTML is heard by itself (ARIA in HTML advises against the second).',
    find: (element) => element.tag === 'button' && element.attributes['aria-disabled'] === 'true',
    ours: (element) => without(element, 'aria-disabled'),
  },
  {
    components: ['button'],
    difference: 'A link that looks like a button is a link',
    reason: 'It leads somewhere: a role of button would promise that the space bar presses it, which takes a script.',
    find: (element) => element.tag === 'a',
    ours: (element) => without(element, 'role', 'draggable', 'data-module'),
  },
  {
    components: ['tag', 'task-list'],
    difference: 'A state is not emphasised',
    reason: '“Strong” says that a word matters more than those beside it; a state in a list does not.',
    find: (element) => element.tag === 'strong' && has(element, 'govuk-tag'),
    ours: (element) => [{ ...element, tag: 'span' }],
  },
  {
    components: ['notification-banner'],
    difference: 'A banner is a section',
    reason: 'A section with a name is a region by itself (ARIA in HTML).',
    find: (element) => has(element, 'govuk-notification-banner'),
    ours: (element) =>
      without({ ...element, tag: 'section', attributes: { ...element.attributes } }, 'role', 'data-module'),
  },
  {
    components: ['notification-banner'],
    difference: 'What was done is a status',
    reason: 'Theirs is an alert that takes the focus by a script: news that all went well interrupts nobody here.',
    find: (element) => has(element, 'govuk-notification-banner--success'),
    ours: (element) => set(element, { role: 'status' }),
  },
  {
    components: ['notification-banner'],
    difference: 'Title and text of a banner stand without boxes',
    reason: 'Ours has no band of colour behind the title.',
    find: (element) => /^govuk-notification-banner__(header|content)$/.test(element.classes[0] ?? ''),
    ours: (element) => element.children,
  },
]
