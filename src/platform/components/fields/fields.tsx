import type { ComponentChildren, JSX } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { described, Field, type FieldProps, type InputAttributes, idOf } from './field.tsx'

export type TextFieldProps = FieldProps &
  Partial<Omit<InputAttributes, 'prefix'>> & { width?: 2 | 4 | 10 | 20; prefix?: string; suffix?: string }

/**
 * One line: `type`, `inputMode`, `autocomplete`, `value` … go to the input. `width` in characters, when the answer has one.
 * `prefix` and `suffix` are a currency or a unit beside it. They are only seen: label or hint must say them too.
 */
export function TextField({ name, label, id, hint, error, page, width, prefix, suffix, ...input }: TextFieldProps) {
  const field = { name, label, id, hint, error, page } as FieldProps
  const kind = width ? `input input--${width}` : 'input'
  const control = (
    <input
      type="text"
      spellcheck={false}
      {...(input as object)}
      {...described(field)}
      class={kind}
      id={idOf(field)}
      name={name}
    />
  )
  if (!prefix && !suffix) return <Field field={field}>{control}</Field>
  const beside = (text: string | undefined) =>
    text && (
      <div class="input-row__beside" aria-hidden="true">
        {text}
      </div>
    )
  return (
    <Field field={field}>
      <div class="input-row">
        {beside(prefix)}
        {control}
        {beside(suffix)}
      </div>
    </Field>
  )
}

/** A file to send. The form must have `enctype="multipart/form-data"`; a file is never kept when a form comes back. */
export const FileField = (props: FieldProps & { accept?: string }) => (
  <Field field={props}>
    <input type="file" accept={props.accept} {...described(props)} class="input" id={idOf(props)} name={props.name} />
  </Field>
)

type TextAreaProps = FieldProps & {
  value?: string
  rows?: number
  maxLength?: number
  /** How many characters may be sent, told under the control; more can be typed, so that nothing pasted is cut off. */
  count?: number
  autocomplete?: string
}

export const TextArea = (props: TextAreaProps) => (
  <Field field={props}>
    <textarea
      class="input"
      id={idOf(props)}
      name={props.name}
      rows={props.rows ?? 5}
      maxLength={props.maxLength}
      autocomplete={props.autocomplete as never}
      {...described(props, props.count)}
    >
      {props.value}
    </textarea>
    {props.count && (
      <div id={`${idOf(props)}-info`} class="field__hint field__count">
        {usePage().say(...countOf(props.value, props.count))}
      </div>
    )}
  </Field>
)

export type Option = { value: string; label: string; hint?: string; more?: ComponentChildren }

export const Select = (props: FieldProps & { options: readonly Option[]; value?: string; autocomplete?: string }) => (
  <Field field={props}>
    <select
      class="input"
      id={idOf(props)}
      name={props.name}
      autocomplete={props.autocomplete as never}
      {...described(props)}
    >
      {props.options.map(({ value, label }) => (
        <option key={value} value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </Field>
)

type ChoicesProps = FieldProps & { options: readonly Option[] }

/** The first control carries the field's id, so that the error summary leads to it. `more` shows once chosen. */
function Choices({ type, chosen, ...props }: ChoicesProps & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  return (
    <Field field={props} group>
      {props.options.map(({ value, label, hint, more }, index) => {
        const id = index === 0 ? idOf(props) : `${idOf(props)}-${index + 1}`
        const describedBy = hint ? `${id}-item-hint` : undefined
        return (
          <>
            <div class="choice">
              <input
                type={type}
                id={id}
                name={props.name}
                value={value}
                checked={chosen.includes(value)}
                aria-describedby={describedBy}
              />
              <div>
                <label for={id}>{label}</label>
                {hint && (
                  <p class="field__hint" id={describedBy}>
                    {hint}
                  </p>
                )}
              </div>
            </div>
            {more && <div class="choice__more">{more}</div>}
          </>
        )
      })}
    </Field>
  )
}

export const Radios = ({ value, ...props }: ChoicesProps & { value?: string }) => (
  <Choices type="radio" chosen={value === undefined ? [] : [value]} {...props} />
)

export const Checkboxes = ({ values = [], ...props }: ChoicesProps & { values?: readonly string[] }) => (
  <Choices type="checkbox" chosen={values} {...props} />
)

const words = texts({
  year: { en: 'Year', 'zh-Hant': '年' },
  month: { en: 'Month', 'zh-Hant': '月' },
  day: { en: 'Day', 'zh-Hant': '日' },
  most: { en: 'You can enter up to {count} characters', 'zh-Hant': '最多可輸入 {count} 字' },
  over: { en: 'Characters too many: {count}', 'zh-Hant': '超出 {count} 字' },
})

/** Characters are code points, as the limits of a form count them. */
function countOf(value = '', most: number) {
  const over = [...value].length - most
  const number = (value: number) => value.toLocaleString('en')
  return over > 0 ? ([words.over, { count: number(over) }] as const) : ([words.most, { count: number(most) }] as const)
}

export type DatePart = 'year' | 'month' | 'day'
type DateFieldProps = FieldProps & {
  value?: Partial<Record<DatePart, string>>
  born?: boolean
  /** The part that a mistake is of; it is of the whole date unless told. */
  wrong?: DatePart | undefined
}

/** A date that a person knows by heart: `<name>-year`, `-month`, `-day`, in the order of the language. */
export function DateField({ value = {}, born, wrong, ...field }: DateFieldProps) {
  const { say, language } = usePage()
  const parts: DatePart[] = language === 'en' ? ['day', 'month', 'year'] : ['year', 'month', 'day']
  return (
    <Field field={field} group="named">
      <div class="date">
        {parts.map((part) => (
          <div key={part}>
            <label for={`${idOf(field)}-${part}`}>{say(words[part])}</label>
            <input
              type="text"
              class={part === 'year' ? 'input input--4' : 'input input--2'}
              id={`${idOf(field)}-${part}`}
              name={`${field.name}-${part}`}
              value={value[part]}
              inputMode="numeric"
              maxLength={part === 'year' ? 4 : 2}
              autocomplete={(born ? `bday-${part}` : 'off') as never}
              aria-invalid={field.error && (wrong ?? part) === part ? true : undefined}
            />
          </div>
        ))}
      </div>
    </Field>
  )
}

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'class'> & { kind?: 'second' | 'harm' | 'link'; href?: string }

/** Acts by sending its form; with `href` it is a link that looks like one. A double click sends once. */
export function Button({ kind, href, children, ...attributes }: ButtonProps) {
  const look = kind ? `button button--${kind}` : 'button'
  if (href !== undefined)
    return (
      <a class={look} href={href}>
        {children}
      </a>
    )
  return (
    <button
      type="submit"
      data-module="govuk-button"
      data-prevent-double-click="true"
      {...(attributes as object)}
      class={look}
    >
      {children}
    </button>
  )
}
