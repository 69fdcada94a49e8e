import type { ComponentChildren, JSX } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { described, Field, type FieldProps, type InputAttributes, idOf } from './field.tsx'

export type TextFieldProps = FieldProps & Partial<InputAttributes> & { width?: 2 | 4 | 10 | 20 }

/** One line: `type`, `inputMode`, `autocomplete`, `value` … go to the input. `width` in characters, when the answer has one. */
export function TextField({ name, label, id, hint, error, page, width, ...input }: TextFieldProps) {
  const field = { name, label, id, hint, error, page } as FieldProps
  const kind = width ? `input input--${width}` : 'input'
  return (
    <Field field={field}>
      <input
        type="text"
        spellcheck={false}
        {...(input as object)}
        {...described(field)}
        class={kind}
        id={idOf(field)}
        name={name}
      />
    </Field>
  )
}

/** A file to send. The form must have `enctype="multipart/form-data"`; a file is never kept when a form comes back. */
export const FileField = (props: FieldProps & { accept?: string }) => (
  <Field field={props}>
    <input type="file" accept={props.accept} {...described(props)} class="input" id={idOf(props)} name={props.name} />
  </Field>
)

export const TextArea = (
  props: FieldProps & { value?: string; rows?: number; maxLength?: number; autocomplete?: string },
) => (
  <Field field={props}>
    <textarea
      class="input"
      id={idOf(props)}
      name={props.name}
      rows={props.rows ?? 5}
      maxLength={props.maxLength}
      autocomplete={props.autocomplete as never}
      {...described(props)}
    >
      {props.value}
    </textarea>
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
        const describedBy = hint ? `${id}-option-hint` : undefined
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
})

type DatePart = keyof typeof words
type DateFieldProps = FieldProps & { value?: Partial<Record<DatePart, string>>; born?: boolean }

/** A date that a person knows by heart: `<name>-year`, `-month`, `-day`, in the order of the language. */
export function DateField({ value = {}, born, ...field }: DateFieldProps) {
  const { say, language } = usePage()
  const parts: DatePart[] = language === 'en' ? ['day', 'month', 'year'] : ['year', 'month', 'day']
  return (
    <Field field={field} group>
      <div class="date">
        {parts.map((part) => (
          <div key={part}>
            <label for={`${idOf(field)}-${part}`}>{say(words[part])}</label>
            <input
              class={part === 'year' ? 'input input--4' : 'input input--2'}
              id={`${idOf(field)}-${part}`}
              name={`${field.name}-${part}`}
              value={value[part]}
              inputMode="numeric"
              maxLength={part === 'year' ? 4 : 2}
              autocomplete={(born ? `bday-${part}` : 'off') as never}
              aria-invalid={field.error ? true : undefined}
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
