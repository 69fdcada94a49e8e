import type { Installation } from '#platform'
import { todayOf } from '../days.ts'
import type { Application } from './applications.ts'
import { recall, type Stop } from './journey.rules.ts'
import { standingOf } from './parts.ts'
import { noteOf, pathOf, stopPath, titleOf, unchangeableSectionsOf } from './show.ts'
import type { PartData } from './types.ts'

/** Pages as a list of what is left to do. */
export const tasksOf = (id: string, stops: readonly Stop[]) =>
  stops.map(({ page, state }) => ({
    title: titleOf(page),
    path: state === 'later' ? null : stopPath(id, page),
    state,
  }))

/** What somebody sees who was asked for a part: what it is for, their pages, and what the applicant wrote. */
export function partOf(installation: Installation, application: Application): PartData {
  const { row, by, apply, form } = application
  const { parts, own } = standingOf(installation, application)
  const part = parts.find(({ party }) => party === by)
  const party = apply.form.parties!.find(({ id }) => id === by)!
  const { pages, values } = recall(form, own, todayOf(installation))
  return {
    application: noteOf(application, installation.now()),
    ...{ title: party.title, text: party.text ?? null, state: part?.state ?? 'begun' },
    pages: tasksOf(row.id, part?.stops ?? []),
    sign: part?.isComplete && part.state !== 'signed' ? `${pathOf(row.id)}/sign` : null,
    sections: unchangeableSectionsOf(installation, application, {
      ...{ pages: pages.filter((page) => page.by === undefined), answers: own, values },
    }),
  }
}
