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
import { Tag } from '../../../src/platform/components/mark/mark.tsx'
import { NotificationBanner } from '../../../src/platform/components/notification-banner/notification-banner.tsx'
import { SummaryList } from '../../../src/platform/components/summary-list/summary-list.tsx'
import { Tabs } from '../../../src/platform/components/tabs/tabs.tsx'
import { nodesOf } from './tree.ts'

// biome-ignore lint/suspicious/noExplicitAny: options are theirs, of no type; `takes` says which are read.
type Options = any
type Adapter = {
  takes: readonly string[]
  /** Classes that are a kind of ours: by the place of the option, what it may hold. */
  looks?: Record<string, RegExp>
  draw: (options: Options) => VNode
  needs?: (options: Options) => string | false
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
const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
const labelled = ({ label, fieldset }: Options) =>
  !(label ?? fieldset?.legend)?.text && 'There is no label: ours cannot be left out'

const headings = { 'label.classes': /^govuk-label--[lm]$/, 'fieldset.legend.classes': /^govuk-fieldset__legend--[lm]$/ }
const kinds = { 'govuk-button--secondary': 'second', 'govuk-button--warning': 'harm' } as const

export const adapters: Record<string, Adapter> = {
  input: {
    takes: [
      ...field,
      ...['value', 'type', 'inputmode', 'autocomplete', 'pattern', 'spellcheck', 'autocapitalize', 'disabled'],
      ...['prefix.text', 'suffix.text'],
    ],
    looks: { ...headings, classes: /^govuk-input--width-(2|4|10|20)$/ },
    needs: labelled,
    draw: (options) => (
      <TextField
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
    takes: field,
    looks: headings,
    needs: labelled,
    draw: (options) => <FileField {...fieldOf(options)} />,
  },
  select: {
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
    takes: [...group, 'value'],
    looks: headings,
    needs: labelled,
    draw: (options) => (
      <Radios {...fieldOf(options)} options={optionsOf(options.items)} {...given({ value: chosenOf(options).at(0) })} />
    ),
  },
  checkboxes: {
    takes: [...group, 'values[]'],
    looks: headings,
    needs: labelled,
    draw: (options) => (
      <Checkboxes {...fieldOf(options)} options={optionsOf(options.items)} values={chosenOf(options)} />
    ),
  },
  'date-input': {
    takes: [
      'id',
      'fieldset.legend.text',
      'fieldset.legend.isPageHeading',
      'hint.text',
      'errorMessage.text',
      'namePrefix',
    ].concat(['day', 'month', 'year'].flatMap((part) => [`${part}.value`, `values.${part}`])),
    needs: labelled,
    draw: (options) => {
      const partOf = (part: string) => options[part]?.value ?? options.values?.[part]
      const value = given({ day: partOf('day'), month: partOf('month'), year: partOf('year') })
      return <DateField {...fieldOf(options)} name={options.namePrefix ?? options.id} value={value as object} />
    },
  },
  'error-message': {
    takes: ['text', 'id'],
    needs: ({ id }) => !id?.endsWith('-error') && 'A mistake of ours belongs to a field, by whose id it is named',
    draw: ({ text, id }) => <FieldError id={id.slice(0, -'-error'.length)}>{text}</FieldError>,
  },
  'error-summary': {
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
    takes: ['title', 'items[].label', 'items[].id', 'items[].panel.html'],
    needs: ({ items }) =>
      (!items?.length || !items.every((item: Options) => item?.id)) && 'There are sections in ours, each with a name',
    draw: ({ title, items }) => (
      <Tabs
        title={title ?? 'Contents'}
        tabs={items.map(({ id, label, panel }: Options) => ({ id, label, content: nodesOf(panel.html) }))}
      />
    ),
  },
  breadcrumbs: {
    takes: ['items[].text', 'items[].href'],
    needs: ({ items }) =>
      (!items.every(({ href }: Options) => href) && 'The page itself is named by its heading, not in the trail') ||
      ((items[0].href !== '/' || items[0].text !== 'Home') && 'A trail of ours begins at the home page'),
    draw: ({ items }) => (
      <Breadcrumbs items={items.slice(1).map(({ text, href }: Options) => ({ text, path: href }))} />
    ),
  },
  details: {
    takes: ['summaryText', 'text', 'html', 'id', 'open'],
    draw: ({ summaryText, text, html, ...more }) => (
      <Details summary={summaryText} {...more}>
        {html ? nodesOf(html) : text}
      </Details>
    ),
  },
  button: {
    takes: ['text', 'href', 'name', 'value', 'type', 'id', 'disabled', 'preventDoubleClick'],
    looks: { classes: /^govuk-button--(secondary|warning)$/ },
    draw: ({ text, preventDoubleClick: _, classes, ...more }) => (
      <Button {...more} {...given({ kind: kinds[classes as keyof typeof kinds] })}>
        {text}
      </Button>
    ),
  },
  'notification-banner': {
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
  tag: { takes: ['text'], draw: ({ text }) => <Tag>{text}</Tag> },
  'back-link': {
    takes: ['href', 'text'],
    needs: ({ text }) => text !== undefined && text !== 'Back' && 'The words of ours are always the same',
    draw: ({ href }) => <BackLink path={href ?? '#'} />,
  },
}

const brand = 'A frame of the government’s own: ours has other content, and is tested with the page'
const none = 'No page of ours has one'

/** Components of theirs that are not compared, and why. */
export const notCompared: Record<string, string> = {
  accordion: 'Ours are details, one under another',
  'cookie-banner': 'We set no cookie that needs consent',
  'exit-this-page': none,
  feedback: none,
  fieldset: 'Part of a field in ours, compared with radios, checkboxes and dates',
  footer: brand,
  'generic-header': brand,
  header: brand,
  hint: 'Part of a field in ours, compared with every field',
  'inset-text': none,
  label: 'Part of a field in ours, compared with every field',
  'language-navigation': 'Ours stands in the header, and is tested with the page',
  pagination: 'Ours is made from a number of pages, not from a list of links: steps stand in the same list, as words',
  panel: none,
  'password-input': 'Nobody has a password here',
  'phase-banner': none,
  'service-navigation': brand,
  'skip-link': 'Part of the page in ours; `main` can be focused, so that no script is needed',
  table: 'The first cell of ours always names its row, and a caption is always there: tested with the Estimates',
  'task-list': 'States of ours are five, with words of their own, in place of any text or tag',
  'warning-text': none,
}

/** Why we have no such option: the last part of its place, or its whole place. */
export const notExpressible: readonly [RegExp, string][] = [
  [/html$/i, 'We never take HTML: what is more than text is components'],
  [/classes$/i, 'No caller gives classes: components have kinds'],
  [/attributes(\.|$)/i, 'No caller gives attributes of its own'],
  [/(^|\.)formGroup\./, 'Nothing is put into a field from outside'],
  [/inputWrapper/, 'Nothing is put into a field from outside'],
  [/describedBy/, 'A field is described by its own hint and mistake only'],
  [/visuallyHiddenText/, 'The word before a mistake is always “Error:”, in the language of the page'],
  [/fieldset/, 'Only what a legend says is taken: one field in a set is a group by itself'],
  [/items\[\]\.(divider|behaviour|exclusive)/, 'No question of ours has an option that excludes others'],
  [
    /items\[\]\.(disabled|id|name|label|attributes|autocomplete|inputmode|pattern|value|width)/,
    'Made from the name of the field',
  ],
  [/items\[\]$/, 'A text among options'],
  [/disabled$/, 'Nothing is shown that cannot be used'],
  [/label\.for$/, 'A label is for its own control'],
  [
    /(maxwords|threshold|countType|Limit|countMessage|textareaDescription)/i,
    'Words and texts of their script: the server counts characters',
  ],
  [/spellcheck|autocapitalize/, 'Long texts are always checked'],
  [/multiple$|value$|javascript|Zone|Chosen|choose|drop/, 'One file a page, with the control of the browser'],
  [/isStartButton/, 'A start is a button like others'],
  [/card\./, 'Lists have headings of the page'],
  [/idPrefix/, 'Sections are named one by one'],
  [/titleHeadingLevel|role|disableAutoFocus/, 'A banner has a heading of one level, and takes no focus'],
  [/collapseOnMobile|labelText/, 'A trail folds by itself, and has one name'],
  [/panel\.text|summaryHtml|description|element/, 'No caller has it'],
  [/(day|month|year|values)\b/, 'A part of a date has its value only'],
  [/(id|text|href|name|type|role|hint|key)$/, 'No caller has it'],
]
