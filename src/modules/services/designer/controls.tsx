import { Button, Checkboxes, Select, TextArea, TextField, texts, usePage } from '#platform'
import { type Control, type Item, textLanguages } from './controls.rules.ts'
import type { Fault } from './judge.ts'
import { choiceLabel, labelOf } from './labels.ts'
import { languageWords, words as shared } from './words.ts'

const words = texts({
  same: { en: 'It still says the same', 'zh-Hant': '意思仍然相同' },
  yes: { en: 'Yes', 'zh-Hant': '是' },
  none: { en: 'None', 'zh-Hant': '不設' },
  lines: { en: 'One on each line', 'zh-Hant': '每行一項' },
  optional: { en: '{label} (may be left empty)', 'zh-Hant': '{label}（可留空）' },
  empty: { en: 'Nothing yet', 'zh-Hant': '未有' },
  open: { en: 'Open: {name}', 'zh-Hant': '開啟：{name}' },
})

export type Drawing = { edit: (at: string) => string; faults: readonly Fault[] }

/** One control of a definition, called by the pointer of what it holds, with what is wrong there. */
export function ControlView({ control, drawing }: { control: Control; drawing: Drawing }) {
  const { say } = usePage()
  const { pointer, key, needed } = control
  const name = say(labelOf(key, pointer))
  const label = needed || control.kind === 'truth' ? name : say(words.optional, { label: name })
  const common = { name: pointer, id: pointer, label, error: errorAt(drawing, pointer, usePage) }
  switch (control.kind) {
    case 'words':
      return control.long ? (
        <TextArea {...common} value={control.value} rows={3} maxLength={control.max} autocomplete="off" />
      ) : (
        <TextField {...common} value={control.value} maxLength={control.max} autocomplete="off" />
      )
    case 'number':
      return <TextField {...common} value={control.value} width={10} inputMode="decimal" autocomplete="off" />
    case 'truth':
      return (
        <>
          <input type="hidden" name={pointer} value="" />
          <Checkboxes
            {...common}
            values={control.value ? ['yes'] : []}
            options={[{ value: 'yes', label: say(words.yes) }]}
          />
        </>
      )
    case 'choice': {
      const known = control.choices.some(({ value }) => value === control.value)
      const options = control.choices.map(({ value, label }) => ({ value, label: say(choiceLabel(value, label)) }))
      // What was written and cannot be chosen stays to be seen, with what is wrong with it.
      const stray = control.value === '' || known ? [] : [{ value: control.value, label: control.value }]
      return (
        <Select
          {...common}
          value={control.value}
          options={[{ value: '', label: say(words.none) }, ...stray, ...options]}
        />
      )
    }
    case 'choices': {
      const stray = control.values.filter((each) => !control.choices.some(({ value }) => value === each))
      const options = [
        ...control.choices.map(({ value, label }) => ({ value, label: say(choiceLabel(value, label)) })),
        ...stray.map((value) => ({ value, label: value })),
      ]
      return (
        <>
          <input type="hidden" name={pointer} value="" />
          {options.length > 0 && <Checkboxes {...common} values={control.values} options={options} />}
        </>
      )
    }
    case 'lines':
      return <TextArea {...common} hint={say(words.lines)} value={control.value} rows={4} autocomplete="off" />
    case 'text':
      return <TextView control={control} label={label} drawing={drawing} />
    case 'group':
      return (
        <fieldset class="designer__group" id={pointer}>
          <legend>{name}</legend>
          {control.controls.map((each) => (
            <ControlView key={each.pointer} control={each} drawing={drawing} />
          ))}
          {!needed && <Act does="remove" pointer={pointer} text={say(shared.removeOne, { name })} />}
        </fieldset>
      )
    case 'absent':
      return (
        <p>
          <Act does="add" pointer={pointer} text={say(shared.add, { name })} />
        </p>
      )
    case 'list':
      return <ListView control={control} drawing={drawing} />
  }
}

const errorAt = ({ faults }: Drawing, pointer: string, page: typeof usePage): string | undefined => {
  const found = faults.find((fault) => fault.pointer === pointer)
  return found && page().say(found.text, found.values)
}

/** A text in its three languages, under one legend. */
function TextView({
  control,
  label,
  drawing,
}: {
  control: Control & { kind: 'text' }
  label: string
  drawing: Drawing
}) {
  const { say } = usePage()
  const { pointer, value, long, max } = control
  return (
    <fieldset class="designer__text" id={pointer}>
      <legend class={/\/\d+$/.test(pointer) ? 'visually-hidden' : undefined}>{label}</legend>
      {errorAt(drawing, pointer, usePage) && <p class="field__error">{errorAt(drawing, pointer, usePage)}</p>}
      <div class="designer__languages">
        {textLanguages.map((language) => {
          const name = `${pointer}/${language}`
          const common = {
            ...{ name, id: name, label: say(languageWords[language]), maxLength: max, autocomplete: 'off' as const },
            error: errorAt(drawing, name, usePage),
          }
          const stale = drawing.faults.find((fault) => fault.pointer === name)?.values?.hash
          return (
            <div key={language}>
              {long ? (
                <TextArea {...common} value={value[language] ?? ''} rows={4} />
              ) : (
                <TextField {...common} value={value[language] ?? ''} lang={language} />
              )}
              {stale !== undefined && <Act does="confirm" pointer={String(stale)} text={say(words.same)} of={label} />}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

/** Things in their order: each with its controls, or with the way to its page. */
function ListView({ control, drawing }: { control: Control & { kind: 'list' }; drawing: Drawing }) {
  const { say } = usePage()
  const { pointer, key, items, needed } = control
  const name = say(labelOf(key, pointer))
  // A part with a page of its own, and no list of several.
  if (items[0]?.pointer === pointer)
    return <OneLine item={items[0]} name={name} drawing={drawing} removable={!needed} />
  return (
    <fieldset class="designer__group" id={pointer}>
      <legend>{name}</legend>
      {items.length === 0 && <p class="empty">{say(words.empty)}</p>}
      <ol class="designer__list">
        {items.map((item, at) => (
          <li key={item.pointer} id={item.controls ? undefined : item.pointer}>
            {item.controls ? (
              item.controls.map((each) => <ControlView key={each.pointer} control={each} drawing={drawing} />)
            ) : (
              <Way item={item} drawing={drawing} />
            )}
            <Moves item={item} first={at === 0} last={at === items.length - 1} />
          </li>
        ))}
      </ol>
      <Act does="add" pointer={pointer} text={say(shared.add, { name })} />
    </fieldset>
  )
}

function Way({ item, drawing }: { item: Item; drawing: Drawing }) {
  const { say, href } = usePage()
  const wrong = drawing.faults.some(({ pointer }) => pointer.startsWith(`${item.pointer}/`))
  return (
    <p>
      <a href={href(drawing.edit(item.pointer))}>{say(item.name)}</a>
      {wrong && <span class="field__error"> {say(shared.faults)}</span>}
    </p>
  )
}

function OneLine({
  item,
  name,
  drawing,
  removable,
}: {
  item: Item
  name: string
  drawing: Drawing
  removable: boolean
}) {
  const { say, href } = usePage()
  return (
    <div class="designer__one" id={item.pointer}>
      <p>
        <a href={href(drawing.edit(item.pointer))}>{say(words.open, { name })}</a>
      </p>
      {removable && <Act does="remove" pointer={item.pointer} text={say(shared.removeOne, { name })} />}
    </div>
  )
}

/** Buttons that move a thing in its list, or take it away; each says of which thing. */
export function Moves({ item, first, last }: { item: Item; first: boolean; last: boolean }) {
  const { say } = usePage()
  const name = say(item.name)
  return (
    <p class="designer__moves">
      {!first && <Act does="up" pointer={item.pointer} text={say(shared.up)} of={name} />}
      {!last && <Act does="down" pointer={item.pointer} text={say(shared.down)} of={name} />}
      <Act does="remove" pointer={item.pointer} text={say(shared.remove)} of={name} />
    </p>
  )
}

/** A button that saves what the page holds and then does something with a place. */
export function Act({ does, pointer, text, of }: { does: string; pointer: string; text: string; of?: string }) {
  return (
    <Button kind="link" name="act" value={`${does} ${pointer}`}>
      {text}
      {of && <span class="visually-hidden"> {of}</span>}
    </Button>
  )
}
