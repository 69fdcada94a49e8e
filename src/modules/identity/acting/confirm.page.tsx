import { type Static, Type } from 'typebox'
import { Button, Moment, Page, Phrase, SummaryList, Text, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'

/** Something that is asked about once more before it counts, with what was typed carried along. */
export type Confirm = Static<typeof Confirm>
export const Confirm = Type.Object({
  question: Text,
  lead: Text,
  rows: Type.Array(Type.Object({ key: Text, text: Type.Optional(Text), day: Type.Optional(Type.String()) })),
  /** Where both answers are sent, with these fields and `sure`. */
  action: Type.String(),
  fields: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  yes: Text,
  no: Text,
  /** Why it cannot be done; then there is only the way back. */
  refusal: Type.Optional(Text),
})

export function ConfirmPage({ question, lead, rows, action, fields, yes, no, refusal }: Confirm) {
  const { say, href } = usePage()
  return (
    <Page title={say(question)} breadcrumbs={accountCrumbs(say, '/account/acting')}>
      <h1>
        <Phrase text={say(question)} />
      </h1>
      <p class="lead">{say(refusal ?? lead)}</p>
      <SummaryList
        rows={rows.map(({ key, text, day }) => ({
          key: say(key),
          value: day === undefined ? text && say(text) : <Moment at={day} />,
        }))}
      />
      <form method="post" action={href(action)}>
        {fields.map(({ name, value }) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <div class="buttons">
          {!refusal && (
            <Button name="sure" value="yes">
              {say(yes)}
            </Button>
          )}
          <Button kind="second" name="sure" value="no">
            {say(no)}
          </Button>
        </div>
      </form>
    </Page>
  )
}

/** What a form sent, but the answer to the question, as fields that are sent again. */
export const carried = (form: Readonly<Record<string, string | readonly string[] | undefined>>): Confirm['fields'] =>
  Object.entries(form).flatMap(([name, value]) =>
    name === 'sure' ? [] : [value ?? []].flat().map((each) => ({ name, value: each })),
  )
