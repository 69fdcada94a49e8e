/** Their options as our props. A component takes the options that are named for it; any other that a fixture sets is not expressible. */
import type { VNode } from 'preact'
import { BackLink } from '../../../src/platform/components/back-link/back-link.tsx'
import { Breadcrumbs } from '../../../src/platform/components/breadcrumbs/breadcrumbs.tsx'
import { Details } from '../../../src/platform/components/details/details.tsx'
import { ErrorSummary } from '../../../src/platform/components/error-summary/error-summary.tsx'
import { FieldError } from '../../../src/platform/components/fields/field.tsx'
import {
  Button,
  Checkboxes,
  DateField,
  FileField,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../src/platform/components/fields/fields.tsx'
import { LanguageSwitch } from '../../../src/platform/components/language-switch/language-switch.tsx'
import { Tag } from '../../../src/platform/components/mark/mark.tsx'
import { NotificationBanner } from '../../../src/platform/components/notification-banner/notification-banner.tsx'
import { Page } from '../../../src/platform/components/page/page.tsx'
import { Pagination, pagesShown } from '../../../src/platform/components/pagination/pagination.tsx'
import { SummaryList } from '../../../src/platform/components/summary-list/summary-list.tsx'
import { Table } from '../../../src/platform/components/table/table.tsx'
import { Tabs } from '../../../src/platform/components/tabs/tabs.tsx'
import { TaskList } from '../../../src/platform/components/task-list/task-list.tsx'
import { Warning } from '../../../src/platform/components/warning/warning.tsx'
import type { PageContext } from '../../../src/platform/page.tsx'
import { stateOf, supplied } from './differences.ts'
import { findElement, type Node, nodesOf } from './tree.ts'

// biome-ignore lint/suspicious/noExplicitAny: options are theirs, of no type; `takes` says which are read.
type Options = any
export type Adapter = {
  /** The name of ours. */
  ours: string
  /** Places of options that ours has; `x.*` is each place under x. */
  takes: readonly string[]
  /** Classes that are a kind of ours, or a state that the browser draws: by the place of the option, what it may hold. */
  looks?: Record<string, RegExp>
  draw: (options: Options) => VNode
  needs?: (options: Options) => string | false
  /** What is compared of what ours draws, where theirs is a part of it. */
  part?: (nodes: readonly Node[]) => Node | undefined
  /** The page on which ours stands, where it is drawn from the page. */
  page?: (options: Options) => Partial<PageContext>
}

const field = ['name', 'id', 'label.text', 'label.isPageHeading', 'hint.text', 'errorMessage.text']
const group = [
  ...['name', 'idPrefix', 'hint.text', 'errorMessage.text', 'fieldset.legend.text', 'fieldset.legend.isPageHeading'],
  ...['items[].value', 'items[].text', 'items[].hint.text', 'items[].checked', 'items[].conditional.html'],
]
const fieldOf = ({ name, id, idPrefix, label, hint, errorMessage, fieldset }: Options) => ({
  name,
  label: (label ?? fieldset.legend).text,
  page: (label ?? fieldset.legend).isPageHeading,
  ...((id ?? idPrefix) && { id: id ?? idPrefix }),
  ...(hint && { hint: hint.text }),
  ...(errorMessage && { error: errorMessage.text }),
})
const optionsOf = (items: Options[]) =>
  (items ?? []).filter(Boolean).map(({ value, text, hint, conditional }) => ({
    value: String(value ?? ''),
    label: String(text),
    ...(hint?.text && { hint: hint.text }),
    ...(conditional?.html && { more: nodesOf(conditional.html) }),
  }))
const chosenOf = ({ items, value, values }: Options) =>
  (items ?? [])
    .filter((item: Options) => item)
    .filter((item: Options) => item.checked ?? item.selected ?? (values ?? [value]).includes(item.value))
    .map((item: Options) => String(item.value))
const dateParts = ['day', 'month', 'year']
/** Parts that a fixture marks: by a word, by a class, or by saying it of the others. */
function wrongParts(options: Options): string[] {
  const marked = (is: (part: Options) => boolean) =>
    dateParts.filter((part, index) => is(options.items?.[index] ?? options[part] ?? {}))
  const said = marked(({ error, classes }) => error || classes?.includes('govuk-input--error'))
  const others = marked(({ error }) => error === false)
  return said.length > 0 || others.length === 0 ? said : dateParts.filter((part) => !others.includes(part))
}
const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
const noLabel = 'A control without a label tells nobody what it is (WCAG 3.3.2): ours cannot be left out'
const labelled = ({ label, fieldset }: Options) => !(label ?? fieldset?.legend)?.text && noLabel

const headings = { 'label.classes': /^govuk-label--[lm]$/, 'fieldset.legend.classes': /^govuk-fieldset__legend--[lm]$/ }
const tones = { 'govuk-tag--green': 'good', 'govuk-tag--red': 'bad', 'govuk-tag--orange': 'warn' } as const
const forced = /^:(hover|active|focus)$/
const kinds = { 'govuk-button--secondary': 'second', 'govuk-button--warning': 'harm' } as const

const aSite = { name: { en: 'Testland', 'zh-Hant': '測試國' }, site: { en: 'Testland', 'zh-Hant': '測試國' } }

export const adapters: Record<string, Adapter> = {
  input: {
    ours: 'TextField',
    takes: [
      ...field,
      ...['value', 'type', 'inputmode', 'autocomplete', 'pattern', 'spellcheck', 'autocapitalize', 'disabled'],
      ...['prefix.text', 'suffix.text', 'attributes.*'],
    ],
    looks: { ...headings, classes: /^govuk-input--width-(2|4|10|20)$/ },
    needs: labelled,
    draw: (options) => (
      <TextField
        {...options.attributes}
        {...fieldOf(options)}
        {...given({
          width: options.classes && (Number(options.classes.split('-').at(-1)) as 2),
          value: options.value,
          type: options.type,
          inputMode: options.inputmode,
          autocomplete: options.autocomplete,
          pattern: options.pattern,
          spellcheck: options.spellcheck,
          autocapitalize: options.autocapitalize,
          disabled: options.disabled,
          prefix: options.prefix?.text,
          suffix: options.suffix?.text,
        })}
      />
    ),
  },
  textarea: {
    ours: 'TextArea',
    takes: [...field, 'value', 'rows', 'autocomplete'],
    looks: headings,
    needs: labelled,
    draw: (options) => (
      <TextArea
        {...fieldOf(options)}
        {...given({
          value: options.value,
          rows: options.rows && Number(options.rows),
          autocomplete: options.autocomplete,
        })}
      />
    ),
  },
  'character-count': {
    ours: 'TextArea, with `count`',
    takes: [...field, 'value', 'rows', 'maxlength'],
    looks: headings,
    needs: (options) =>
      labelled(options) || (!options.maxlength && 'Without a limit in characters ours counts nothing'),
    draw: (options) => (
      <TextArea
        {...fieldOf(options)}
        {...given({ value: options.value, rows: options.rows && Number(options.rows) })}
        count={Number(options.maxlength)}
      />
    ),
  },
  'file-upload': {
    ours: 'FileField',
    takes: [...field, 'attributes.accept'],
    looks: headings,
    needs: labelled,
    draw: (options) => <FileField {...fieldOf(options)} {...given({ accept: options.attributes?.accept })} />,
  },
  select: {
    ours: 'Select',
    takes: [...field, 'items[].value', 'items[].text', 'items[].selected', 'value'],
    looks: headings,
    needs: (options) =>
      labelled(options) ||
      ((options.items ?? []).some((item: Options) => item?.value === undefined) &&
        'An option of ours always has a value'),
    draw: (options) => (
      <Select {...fieldOf(options)} options={optionsOf(options.items)} value={chosenOf(options).at(0)} />
    ),
  },
  radios: {
    ours: 'Radios',
    takes: [...group, 'value'],
    looks: headings,
    needs: labelled,
    draw: (options) => (
      <Radios {...fieldOf(options)} options={optionsOf(options.items)} {...given({ value: chosenOf(options).at(0) })} />
    ),
  },
  checkboxes: {
    ours: 'Checkboxes',
    takes: [...group, 'values[]'],
    looks: headings,
    needs: labelled,
    draw: (options) => (
      <Checkboxes {...fieldOf(options)} options={optionsOf(options.items)} values={chosenOf(options)} />
    ),
  },
  'date-input': {
    ours: 'DateField',
    takes: [
      'id',
      'fieldset.legend.text',
      'fieldset.legend.isPageHeading',
      'hint.text',
      'errorMessage.text',
      'namePrefix',
      ...['items[].name', 'items[].error'],
      ...dateParts.flatMap((part) => [`${part}.value`, `${part}.error`, `values.${part}`, `values.dob-${part}`]),
    ],
    looks: {
      'items[].classes': /^govuk-input--width-[24]( govuk-input--error)?$/,
      ...Object.fromEntries(dateParts.map((part) => [`${part}.classes`, /^govuk-input--error$/])),
    },
    needs: (options) =>
      labelled(options) ||
      (options.items &&
        options.items.map(({ name }: Options) => name).join() !== dateParts.join() &&
        'A date has its three parts') ||
      (wrongParts(options).length > 0 && !options.errorMessage && 'What is marked as wrong says what is wrong'),
    draw: (options) => {
      const partOf = (part: string) =>
        options[part]?.value ?? options.values?.[part] ?? options.values?.[`${options.namePrefix}-${part}`]
      const value = given({ day: partOf('day'), month: partOf('month'), year: partOf('year') })
      const wrong = wrongParts(options)
      const name = options.namePrefix ?? options.id
      return (
        <DateField
          {...fieldOf(options)}
          name={name}
          value={value as object}
          {...given({ wrong: wrong.length === 1 ? (wrong[0] as 'day') : undefined })}
        />
      )
    },
  },
  'error-message': {
    ours: 'FieldError',
    takes: ['text', 'id'],
    needs: ({ id, visuallyHiddenText }) =>
      (visuallyHiddenText !== undefined &&
        'The word before a mistake is always “Error:”, in the language of the page') ||
      (id && !id.endsWith('-error') && 'A mistake is named by the id of its field'),
    draw: ({ text, id }) => <FieldError id={id?.slice(0, -'-error'.length) ?? 'control'}>{text}</FieldError>,
  },
  'error-summary': {
    ours: 'ErrorSummary',
    takes: ['titleText', 'errorList[].text', 'errorList[].href', 'disableAutoFocus'],
    needs: ({ errorList }) =>
      !errorList?.every(({ href }: Options) => href?.startsWith('#')) && 'Each mistake of ours leads to its field',
    draw: ({ errorList, disableAutoFocus }) => (
      <ErrorSummary
        errors={errorList.map(({ href, text }: Options) => ({ field: href.slice(1), text }))}
        calm={disableAutoFocus}
      />
    ),
  },
  'summary-list': {
    ours: 'SummaryList',
    takes: [
      ...['rows[].key.text', 'rows[].value.text', 'rows[].value.html', 'rows[].actions.items[].href'],
      ...['rows[].actions.items[].text', 'rows[].actions.items[].visuallyHiddenText'],
    ],
    needs: ({ rows }) =>
      (rows?.some((row: Options) => row?.actions?.items?.length > 1) && 'A row of ours has one action') ||
      (!rows?.every((row: Options) => row?.value?.text || row?.value?.html) && 'A row of ours has a value'),
    draw: ({ rows }) => (
      <SummaryList
        rows={rows.map(({ key, value, actions }: Options) => {
          const action = actions?.items?.[0]
          return {
            key: key.text,
            value: value.html ? nodesOf(value.html) : value.text,
            ...(action && { action: { path: action.href, text: action.text } }),
          }
        })}
      />
    ),
  },
  tabs: {
    ours: 'Tabs',
    takes: ['title', 'items[].label', 'items[].id', 'items[].panel.html', 'items[].panel.text'],
    needs: ({ items }) =>
      (!items?.length || !items.every((item: Options) => !item || item.id)) &&
      'There are sections, each with its own id',
    draw: ({ title, items }) => (
      <Tabs
        title={title ?? 'Contents'}
        tabs={items.filter(Boolean).map(({ id, label, panel }: Options) => ({
          id,
          label,
          content: panel.html ? nodesOf(panel.html) : <p>{panel.text}</p>,
        }))}
      />
    ),
  },
  breadcrumbs: {
    ours: 'Breadcrumbs',
    takes: ['items[].text', 'items[].href'],
    needs: ({ items }) =>
      (!items.every(({ href }: Options) => href) && 'The page itself is named by its heading, not in the trail') ||
      ((items[0].href !== '/' || items[0].text !== 'Home') && 'A trail of ours begins at the home page'),
    draw: ({ items }) => (
      <Breadcrumbs items={items.slice(1).map(({ text, href }: Options) => ({ text, path: href }))} />
    ),
  },
  details: {
    ours: 'Details',
    takes: ['summaryText', 'text', 'html', 'id', 'open'],
    draw: ({ summaryText, text, html, ...more }) => (
      <Details summary={summaryText} {...more}>
        {html ? nodesOf(html) : text}
      </Details>
    ),
  },
  button: {
    ours: 'Button',
    takes: ['text', 'html', 'href', 'name', 'value', 'type', 'id', 'disabled', 'preventDoubleClick', 'attributes.*'],
    looks: { classes: /^(govuk-button--(secondary|warning))?( ?:(hover|active|focus))?$/ },
    needs: ({ href, attributes }) => href && attributes && 'A link that looks like a button takes an address only',
    draw: ({ text, html, preventDoubleClick: _, classes, attributes, ...more }) => (
      <Button {...attributes} {...more} {...given({ kind: kinds[classes?.split(' ')[0] as keyof typeof kinds] })}>
        {html ? nodesOf(html) : text}
      </Button>
    ),
  },
  'notification-banner': {
    ours: 'NotificationBanner',
    takes: ['text', 'html', 'titleText', 'titleId'],
    looks: { type: /^success$/ },
    needs: ({ titleId }) => titleId && !titleId.endsWith('-title') && 'The name of a title is made from its banner’s',
    draw: ({ text, html, titleText, titleId, type }) => (
      <NotificationBanner
        title={titleText ?? (type ? 'Success' : 'Important')}
        id={titleId?.slice(0, -'-title'.length) ?? 'govuk-notification-banner'}
        {...given({ tone: type && ('good' as const) })}
      >
        {html ? nodesOf(html) : <p>{text}</p>}
      </NotificationBanner>
    ),
  },
  tag: {
    ours: 'Tag',
    takes: ['text', 'html'],
    looks: { classes: /^govuk-tag--(grey|green|red|orange)$/ },
    draw: ({ text, html, classes }) => (
      <Tag {...given({ tone: tones[classes as keyof typeof tones] })}>{html ? nodesOf(html) : text}</Tag>
    ),
  },
  'back-link': {
    ours: 'BackLink',
    takes: ['href', 'text'],
    needs: ({ text }) => text !== undefined && text !== 'Back' && 'The words of ours are always the same',
    draw: ({ href }) => <BackLink path={href ?? '#'} />,
  },
  'password-input': {
    ours: 'TextField, for a secret',
    takes: [...field, 'value', 'autocomplete', 'attributes.*'],
    looks: { ...headings, classes: /^govuk-input--width-(2|4|10|20)$/ },
    needs: labelled,
    draw: ({ value, autocomplete = 'current-password', classes, attributes, ...options }) => (
      <TextField
        {...attributes}
        {...fieldOf(options)}
        {...given({ value, width: classes && (Number(classes.split('-').at(-1)) as 2) })}
        type="password"
        autocomplete={autocomplete}
        autocapitalize="none"
      />
    ),
  },
  'warning-text': {
    ours: 'Warning',
    takes: ['text', 'html'],
    looks: { iconFallbackText: /^Warning$/ },
    draw: ({ text, html }) => <Warning>{html ? nodesOf(html) : text}</Warning>,
  },
  label: {
    ours: 'TextField, its label',
    takes: ['text', 'for', 'isPageHeading'],
    looks: { classes: /^govuk-label--(s|m|l|xl)$/ },
    needs: ({ text }) => !text && noLabel,
    draw: ({ text, isPageHeading, for: id }) => <TextField name={id ?? 'control'} label={text} page={isPageHeading} />,
    part: (nodes) => findElement(nodes, ({ tag }) => tag === 'label'),
  },
  hint: {
    ours: 'TextField, its hint',
    takes: ['text', 'id'],
    draw: ({ text, id }) => <TextField name={id?.replace(/-hint$/, '') ?? 'control'} label="A question" hint={text} />,
    part: (nodes) => findElement(nodes, ({ classes }) => classes.includes('field__hint')),
  },
  fieldset: {
    ours: 'Radios, the set around them',
    takes: ['legend.text', 'legend.isPageHeading'],
    looks: { 'legend.classes': /^govuk-fieldset__legend--(s|m|l|xl)$/ },
    needs: ({ legend }) => !legend?.text && noLabel,
    draw: ({ legend }) => <Radios name="group" label={legend.text} page={legend.isPageHeading} options={[]} />,
  },
  table: {
    ours: 'Table',
    takes: [
      ...['caption', 'firstCellIsHeader', 'head[].text', 'head[].html', 'head[].format'],
      ...['rows[][].text', 'rows[][].html', 'rows[][].format'],
    ],
    looks: { captionClasses: /^govuk-table__caption--m$/ },
    draw: ({ caption, head, rows }) => {
      const cellOf = ({ text, html }: Options) => (html ? nodesOf(html) : text)
      const drawn = rows.filter(Boolean)
      return (
        <Table
          caption={caption ?? supplied.caption}
          columns={(head ?? drawn[0]).map((cell: Options, index: number) => ({
            label: head ? cellOf(cell) : supplied.column(index),
            numeric: cell.format === 'numeric',
          }))}
          rows={drawn.map((cells: Options[]) => ({ cells: cells.map(cellOf) }))}
        />
      )
    },
  },
  'task-list': {
    ours: 'TaskList',
    takes: [
      ...['idPrefix', 'items[].title.text', 'items[].hint.text', 'items[].href'],
      ...['items[].status.text', 'items[].status.tag.text'],
    ],
    looks: {
      'items[].classes': forced,
      'items[].status.classes': /^govuk-task-list__status--cannot-start-yet$/,
      'items[].status.tag.classes': /^govuk-tag--[a-z]+$/,
    },
    needs: ({ items }) => !items.every(Boolean) && 'A list has no holes: each task is one',
    draw: ({ items, idPrefix }) => (
      <TaskList
        tasks={items.map(({ title, href, hint, status }: Options) => ({
          title: title.text,
          state: stateOf(status.text ?? status.tag.text).state,
          ...given({ path: href, hint: hint?.text }),
        }))}
        {...given({ id: idPrefix })}
      />
    ),
  },
  pagination: {
    ours: 'Pagination',
    takes: ['previous.href', 'next.href', 'items[].number', 'items[].href', 'items[].current', 'items[].ellipsis'],
    needs: ({ items }) => {
      const page = items?.find((item: Options) => item?.current)?.number
      if (!page) return 'Pages of a list have numbers, and one of them is this page'
      const shown = pagesShown(page, items.at(-1).number).map((each) => (each === 'gap' ? undefined : each))
      return (
        shown.join() !== items.map(({ number }: Options) => number).join() &&
        'One neighbour on each side, so that a telephone shows them in one line; theirs are given by hand'
      )
    },
    draw: ({ items }) => (
      <Pagination
        page={items.find((item: Options) => item.current).number}
        last={items.at(-1).number}
        address={(page) => items.find((item: Options) => item.number === page).href}
      />
    ),
  },
  'skip-link': {
    ours: 'Page, its first link',
    takes: ['text', 'href'],
    looks: { classes: forced },
    needs: ({ text }) =>
      text !== 'Skip to main content' && 'The words are the same on every page, in the language of the page',
    draw: () => <Page title="A page" />,
    part: (nodes) => findElement(nodes, ({ classes }) => classes.includes('skip-link')),
    page: () => ({ government: { ...aSite, languages: [] } as never }),
  },
  'language-navigation': {
    ours: 'LanguageSwitch',
    takes: ['items[].text', 'items[].lang', 'items[].current', 'items[].href'],
    draw: () => <LanguageSwitch />,
    page: ({ items }) => ({
      language: items.find(({ current }: Options) => current).lang,
      government: {
        ...aSite,
        languages: items.map(({ text, lang }: Options) => ({ language: lang, address: lang, name: text })),
      } as never,
    }),
  },
}
