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
const lines = ['input', 'password-input', 'textarea', 'select', 'file-upload', 'character-count']
const fields = [...lines, 'radios', 'checkboxes', 'date-input']
const choices = ['radios', 'checkboxes']
const groups = [...choices, 'date-input']
const isState = (element: Element) => has(element, 'govuk-task-list__status')
const isControl = ({ tag }: Element) => /^(input|textarea|select)$/.test(tag)
const triangle: Element = {
  tag: 'svg',
  classes: [],
  attributes: { viewBox: '0 0 10 10', 'aria-hidden': 'true', focusable: 'false' },
  children: [{ tag: 'path', classes: [], attributes: { d: 'M5 0.4L10 9.4H0Z', fill: 'currentColor' }, children: [] }],
}

/** What ours cannot be without, and a fixture leaves out: the same words in what is drawn and in what is awaited. */
export const supplied = { caption: 'What the table holds', column: (index: number) => `Column ${index + 1}` }

const toDo = { state: 'todo', word: 'To do', look: 'tag--act' } as const
/** Their words for the state of a task, which are free, as our five. */
const states = {
  Completed: { state: 'done', word: 'Done', look: 'tag--good' },
  'In progress': { state: 'started', word: 'Begun', look: undefined },
  Error: { state: 'wrong', word: 'To put right', look: 'tag--bad' },
  'Cannot start yet': { state: 'later', word: 'Cannot begin yet', look: undefined },
} as const
export const stateOf = (word: string) => states[word as keyof typeof states] ?? toDo

const textOf = (node: Node): string => (typeof node === 'string' ? node : node.children.map(textOf).join(''))
const anElement = (tag: string, children: Node[], attributes: Record<string, string> = {}, classes: string[] = []) =>
  ({ tag, classes, attributes, children }) satisfies Element

const outline = { d: 'M5 1.8L8.8 8.7H1.2Z', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4' }
const hollow: Element = { ...triangle, children: [anElement('path', [], outline)] }

export const differences: Difference[] = [
  {
    components: [...fields, 'hint'],
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
    components: lines,
    difference: 'A control with a mistake says that it is invalid',
    reason: 'WCAG technique ARIA21: who comes to the control by itself hears it, too.',
    find: (element) => isControl(element) && / ?\S+-error( |$)/.test(element.attributes['aria-describedby'] ?? ''),
    ours: (element) => set(element, { 'aria-invalid': 'true' }),
  },
  {
    components: [...fields, 'label'],
    difference: 'A label that is the heading of the page holds the heading',
    reason:
      'A legend holds its heading in theirs, too: ours has one order for both, and the whole line can be pressed.',
    find: (element) => element.tag === 'h1' && has(element, 'govuk-label-wrapper'),
    ours: (element, parents) => {
      const label = element.children[0] as Element
      parents.at(-1)?.classes.push('field--page')
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
      const described = parents.some((each) => /-error( |$)/.test(each.attributes['aria-describedby'] ?? ''))
      const error = described && has(element, 'govuk-input--error')
      const { id, name: part } = element.attributes as { id: string; name: string }
      const name = /^(day|month|year)$/.test(part) ? id : part
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
    components: ['tag'],
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
  {
    components: ['label'],
    difference: 'A label always names its control',
    reason: 'Without a name it can be neither pressed nor heard with its control (WCAG 1.3.1, technique H44).',
    find: (element) => element.tag === 'label' && element.attributes.for === undefined,
    ours: (element) => set(element, { for: 'control' }),
  },
  {
    components: ['hint', 'error-message'],
    difference: 'A hint and a mistake always have an id',
    reason: 'The control says by it what describes it: without one, nobody hears them with their control.',
    find: (element) => /^govuk-(hint|error-message)$/.test(element.classes[0] ?? '') && !element.attributes.id,
    ours: (element) => set(element, { id: has(element, 'govuk-hint') ? 'control-hint' : 'control-error' }),
  },
  {
    components: ['fieldset'],
    difference: 'A set of fields is itself the field',
    reason: 'As with radios, checkboxes and dates: one element less for each question.',
    find: (element) => element.tag === 'fieldset',
    ours: (element) => {
      const page = has((element.children[0] as Element).children[0], 'govuk-fieldset__heading') ? ['field--page'] : []
      return [{ ...element, classes: [...element.classes, 'govuk-form-group', ...page] }]
    },
  },
  {
    components: ['table'],
    difference: 'A table has a heading over each column',
    reason: 'A cell without one is a number of which nobody knows what it counts (WCAG 1.3.1, technique H51).',
    find: (element) => element.tag === 'table' && !element.children.some((each) => (each as Element).tag === 'thead'),
    ours: (element) => {
      const first = ((element.children.at(-1) as Element).children[0] as Element).children
      const heads = first.map((cell, index) => {
        const figures = has(cell, 'govuk-table__cell--numeric') ? ['numeric'] : []
        return anElement('th', [supplied.column(index)], { scope: 'col' }, figures)
      })
      return [{ ...element, children: [anElement('thead', [anElement('tr', heads)]), ...element.children] }]
    },
  },
  {
    components: ['table'],
    difference: 'A table has a caption',
    reason:
      'Who goes from table to table hears what each holds (technique H39); where a heading says it, it is only heard.',
    find: (element) => element.tag === 'table' && (element.children[0] as Element).tag !== 'caption',
    ours: (element) => [{ ...element, children: [anElement('caption', [supplied.caption]), ...element.children] }],
  },
  {
    components: ['table'],
    difference: 'A table that is wider than the page scrolls by itself, and by the keyboard',
    reason:
      'A region that can be reached and has the name of the table (WCAG 1.4.10, 2.1.1); theirs lets the page scroll.',
    find: (element, parents) => element.tag === 'table' && !has(parents.at(-1), 'table-scroll'),
    ours: (element) => {
      const name = textOf(element.children[0]!)
      return [anElement('section', [element], { 'aria-label': name, tabindex: '0' }, ['table-scroll'])]
    },
  },
  {
    components: ['table'],
    difference: 'The first cell names its row',
    reason: 'Theirs does where it is asked: with it, each figure is heard with what it is of, in every table.',
    find: (element, parents) => element.tag === 'td' && parents.at(-1)!.children[0] === element,
    ours: (element) => [anElement('th', element.children, { scope: 'row' })],
  },
  {
    components: ['task-list'],
    difference: 'Name, state and hint of a task stand in its item, without boxes',
    reason: 'The state is heard after the name that it is of, before the hint; a grid places them.',
    find: (element) => has(element.children[0], 'govuk-task-list__name-and-hint'),
    ours: (element) => {
      const [box, state] = element.children as [Element, Element]
      return [{ ...element, children: [box.children[0]!, state, ...box.children.slice(1)] }]
    },
  },
  {
    components: ['task-list'],
    difference: 'A task that has no address is a text in a span, and its hint a paragraph',
    reason: 'Each is one text: a div says nothing of it.',
    find: (element, parents) =>
      element.tag === 'div' && has(parents.at(-1), 'govuk-task-list__item') && !isState(element),
    ours: (element) =>
      element.classes.includes('govuk-task-list__hint')
        ? [{ ...element, tag: 'p', classes: ['muted'] }]
        : [{ ...element, tag: 'span' }],
  },
  {
    components: ['task-list'],
    difference: 'The state of a task is a tag in one of five words',
    reason: 'The program knows the state; its word is the same in every list and in three languages.',
    find: isState,
    ours: ({ attributes, children }) => {
      const { word, look } = stateOf(children.map(textOf).join(''))
      return [anElement('span', [word], attributes, look ? ['tag', look] : ['tag'])]
    },
  },
  {
    components: ['pagination'],
    difference: 'The pages are named “Pages”',
    reason: '“Pagination” is a word of the trade.',
    find: (element) => has(element, 'govuk-pagination'),
    ours: (element) => set(element, { 'aria-label': 'Pages' }),
  },
  {
    components: ['pagination'],
    difference: 'The steps stand in the list of the pages',
    reason: 'One list, of which a reader hears how many places it has; the steps are its first and its last.',
    find: (element) => has(element, 'govuk-pagination'),
    ours: (element) => {
      const places = (element.children as Element[]).flatMap((each) =>
        each.tag === 'ul' ? each.children : [anElement('li', each.children)],
      )
      return [{ ...element, children: [anElement('ul', places)] }]
    },
  },
  {
    components: ['pagination'],
    difference: 'A step has its words only, and leads to the page beside this one',
    reason:
      'The words say the direction, an arrow says it once more; the address is that of a number, so that both agree.',
    find: (element) => element.attributes.rel !== undefined,
    ours: (element, parents) => {
      const links = (parents.at(-2)!.children as Element[]).map(({ children }) => children[0] as Element)
      const here = links.findIndex(({ attributes }) => attributes['aria-current'] === 'page')
      const back = element.attributes.rel === 'prev'
      const { href } = links[here + (back ? -1 : 1)]!.attributes
      return set({ ...element, children: [back ? 'Previous' : 'Next'] }, { href: href! })
    },
  },
  {
    components: ['skip-link'],
    difference: 'The first link leads to `main`, in our own words, without a script',
    reason: '`main` can take the focus by itself (tabindex −1), which theirs does by a script.',
    find: (element) => has(element, 'govuk-skip-link'),
    ours: (element) =>
      set(without({ ...element, children: ['Skip to the content'] }, 'data-module')[0]!, { href: '#main' }),
  },
  {
    components: ['language-navigation'],
    difference: 'The item says in which language it is',
    reason: 'The mark before it is read in the same voice; the link says where it leads (hreflang).',
    find: (element) => has(element, 'govuk-language-navigation__list-item'),
    ours: (element) => {
      const link = element.children[0] as Element
      const { lang, ...rest } = link.attributes
      return [{ ...element, attributes: { lang: lang! }, children: [{ ...link, attributes: rest }] }]
    },
  },
  {
    components: ['language-navigation'],
    difference: 'A language leads to the same page in it',
    reason: 'The address is made from that of the page, so that no page can lead elsewhere.',
    find: (element) => has(element, 'govuk-language-navigation__link'),
    ours: (element) => set(element, { href: `/${element.attributes.hreflang}/` }),
  },
  {
    components: ['warning-text'],
    difference: 'A warning is a paragraph, with the shape that stands for one in all our pages',
    reason: 'It is one thought, and looks as what is told of figures; the hidden word is heard first, as in theirs.',
    find: (element) => has(element, 'govuk-warning-text'),
    ours: (element) => {
      const [word, ...text] = (element.children[1] as Element).children as [Element, ...Node[]]
      const hidden = { ...word, children: ['Warning:'] }
      return [{ ...element, tag: 'p', children: [hollow, anElement('span', [hidden, ...text])] }]
    },
  },
  {
    components: ['password-input'],
    difference: 'A secret has no button that shows it',
    reason:
      'The one secret that is asked for is of a service for messages, and is pasted by an officer; nobody signs in with one.',
    find: (element) => has(element, 'govuk-password-input'),
    ours: (element) => {
      const classes = element.classes.filter((each) => each !== 'govuk-password-input')
      return without({ ...element, classes }, 'data-module')
    },
  },
  {
    components: ['password-input'],
    difference: 'A secret stands in its field without a box',
    reason: 'The box holds the button beside it in theirs.',
    find: (element) => has(element, 'govuk-password-input__wrapper'),
    ours: (element) => [element.children[0]!],
  },
]
