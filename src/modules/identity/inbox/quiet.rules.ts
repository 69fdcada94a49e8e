/** When phones stay silent, as times of day in the time zone of the government: `{ from: '22:00', until: '08:00' }`. */
export type QuietHours = { readonly from: string; readonly until: string }

const forms = new Map<string, Intl.DateTimeFormat>()

/** The time of day in a zone, as `07:59`. */
export function timeAt(at: Date, timeZone: string): string {
  const known = forms.get(timeZone)
  const form =
    known ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  forms.set(timeZone, form)
  return form.format(at)
}

/** A time as people type it, `7:30` or `07.30`, as `07:30`; undefined where it is none. */
export function readTime(typed: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2})[:.：]?(\d{2})$/.exec(typed.normalize('NFKC').replace(/\s/g, '')) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${hour.padStart(2, '0')}:${minute}`
}

/** Whether an instant lies in the quiet hours, with their first minute and without their last. Without hours none is quiet. */
export function isQuiet(at: Date, timeZone: string, hours: QuietHours | undefined): boolean {
  if (!hours) return false
  const { from, until } = hours
  const now = timeAt(at, timeZone)
  return from <= until ? from <= now && now < until : from <= now || now < until
}
