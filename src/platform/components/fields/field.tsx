import type { ComponentChildren, JSX } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { MarkShape } from '../mark/mark.tsx'

const words = texts({ error: { en: 'Error:', 'zh-Hant': '錯誤：' } })

/** What every field takes. `id` is where the error summary leads; it is the name unless told. */
export type FieldProps = {
  name: string
  label: string
  id?: string
  hint?: string
  error?: string | undefined
  /** The question is the whole page: its label is the page's `h1`. */
  page?: boolean
}

export const idOf = ({ id, name }: Pick<FieldProps, 'id' | 'name'>) => id ?? name

/** For the control: what describes it, and whether what it holds is refused. */
export function described(field: FieldProps, counted?: number) {
  const ids = [
    counted && `${idOf(field)}-info`,
    field.hint && `${idOf(field)}-hint`,
    field.error && `${idOf(field)}-error`,
  ].filter(Boolean)
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(field.error && { 'aria-invalid': true as const }),
  }
}

/** What is wrong with a field; `id` is the field's. */
export const FieldError = ({ id, children }: { id: string; children: ComponentChildren }) => (
  <p class="field__error" id={`${id}-error`}>
    <MarkShape kind="fails" />
    <span>
      <span class="visually-hidden">{usePage().say(words.error)} </span>
      {children}
    </span>
  </p>
)

/** `group` is for several controls under one legend; of a `named` group the role is said, as browsers differ. */
type FrameProps = { field: FieldProps; group?: boolean | 'named'; children: ComponentChildren }

/** Label, hint, error, then the control. */
export function Field({ field, group, children }: FrameProps) {
  const id = idOf(field)
  const label = field.page ? <h1>{field.label}</h1> : field.label
  const kind = `field${field.error ? ' field--error' : ''}${field.page ? ' field--page' : ''}`
  const inside = (
    <>
      {group ? <legend>{label}</legend> : <label for={id}>{label}</label>}
      {field.hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.error && <FieldError id={id}>{field.error}</FieldError>}
      {children}
    </>
  )
  if (!group) return <div class={kind}>{inside}</div>
  return (
    <fieldset
      class={kind}
      role={group === 'named' ? 'group' : undefined}
      aria-describedby={described(field)['aria-describedby']}
    >
      {inside}
    </fieldset>
  )
}

export type InputAttributes = Omit<JSX.IntrinsicElements['input'], 'name' | 'id' | 'label' | 'size'>
