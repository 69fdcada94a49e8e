import type { Text } from '#platform'
import { Button, Details, ErrorSummary, NotificationBanner, Page, Phrase, texts, usePage } from '#platform'
import type { Control } from './controls.rules.ts'
import { ControlView, type Drawing } from './controls.tsx'
import type { Grid } from './grid.rules.ts'
import { GridView } from './grid.tsx'
import type { Fault } from './judge.ts'
import { nameOfPlace } from './labels.ts'
import { words as shared } from './words.ts'

const words = texts({
  names: { en: 'Names that conditions can use', 'zh-Hant': '條件可用的名稱' },
})

export type EditView = {
  service: string
  title: Text
  at: string
  trail: { pointer: string; name: Text }[]
  controls: Control[]
  grid: Grid | null
  faults: Fault[]
  seen: string
  names: { name: string; title: Text }[]
  state: 'open' | 'saved' | 'changed'
}

/** A part of a service: each field with what is wrong with it, and what it holds that has a page of its own. */
export function EditPage(view: unknown) {
  const { service, title, at, trail, controls, grid, faults, seen, names, state } = view as EditView
  const { say, href } = usePage()
  const own = `/office/services/design/${service}`
  const edit = (place: string) => `${own}/edit?at=${encodeURIComponent(place)}`
  const last = trail.at(-1)
  const heading = last ? say(last.name) : say(shared.catalogue)
  const drawing: Drawing = { edit, faults }
  const ways = [
    { text: say(shared.designer), path: '/office/services/design' },
    { text: say(title), path: own },
    ...trail.slice(0, -1).map(({ pointer, name }) => ({ text: say(name), path: edit(pointer) })),
  ]
  return (
    <Page title={`${heading} – ${say(title)}`} wide breadcrumbs={ways} error={faults.length > 0 && state !== 'open'}>
      {state === 'changed' && (
        <NotificationBanner title={say(shared.changed)} tone="warn" id="changed">
          <p>{say(shared.changedMore)}</p>
          <p>
            <a href={href(edit(at))} target="_blank" rel="noopener">
              {say(shared.now)}
            </a>
          </p>
        </NotificationBanner>
      )}
      {/* Also where something is to be put right: what was typed is kept. */}
      {state === 'saved' && <NotificationBanner title={say(shared.saved)} tone="good" id="saved" />}
      <ErrorSummary
        errors={faults.map(({ pointer, text, values }) => ({
          field: pointer,
          text: say(shared.fault, { place: nameOfPlace(pointer, say, at) || heading, text: say(text, values) }),
        }))}
      />
      <h1>
        <Phrase text={heading} />
      </h1>
      <form method="post" action={href(edit(at))} novalidate class="designer">
        <input type="hidden" name="seen" value={seen} />
        {/* Enter in a field saves, whatever button stands first. */}
        <button type="submit" name="act" value="save" class="visually-hidden" tabIndex={-1} aria-hidden="true" />
        {controls.map((control) => (
          <ControlView key={control.pointer} control={control} drawing={drawing} />
        ))}
        {grid && <GridView grid={grid} drawing={drawing} />}
        {names.length > 0 && (
          <Details summary={say(words.names)}>
            <dl class="keys">
              {names.map(({ name, title }) => (
                <>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>{say(title)}</dd>
                </>
              ))}
            </dl>
          </Details>
        )}
        <Button name="act" value="save">
          {say(shared.save)}
        </Button>
      </form>
    </Page>
  )
}
