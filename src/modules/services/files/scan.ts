import { type Installation, recordAct } from '#platform'
import { lockApplication } from '../applying/applications.sql.ts'
import { openDraft, sealDraft } from '../applying/applications.ts'
import { tellOfRefusedFile } from '../cases/talk.ts'
import { type Scanned, scanBytes } from './clamd.ts'
import {
  type FilePlace,
  findBytes,
  listFiles,
  listHeld,
  refuseScanned,
  releaseScanned,
  updateDraftWithout,
  updateTried,
} from './files.sql.ts'
import { withoutFile } from './places.ts'
import { openBytes, openName } from './sealed.ts'

export const scanJob = 'services.scan-files'
/** Files of one run; what waits longer is taken by the next. */
const ofRunMax = 100

/**
 * Gives every file that is held to the scanner: it is released, or refused with its bytes deleted. Where the scanner does not answer
 * for a file, that one stays held and is tried again; the job says so in the log. Without a scanner nothing happens.
 */
export async function scanHeld(installation: Installation): Promise<void> {
  const { sql, clamav, now } = installation
  if (!clamav) return
  const failed: string[] = []
  for (const file of await listHeld(sql, ofRunMax)) {
    const sealed = await findBytes(sql, file.id)
    // Somebody has taken it away since.
    if (!sealed) continue
    let scanned: Scanned
    try {
      scanned = await scanBytes(clamav, openBytes(installation, file.id, sealed))
    } catch (error) {
      await updateTried(sql, file.id, now())
      failed.push(`${file.id}: ${(error as Error).message}`)
      // Nobody is there: the others would wait in vain, each for as long.
      if ((error as { code?: string }).code !== undefined) break
      continue
    }
    if (scanned.clean) await releaseScanned(sql, file.id, now())
    else await refuseFound(installation, file, scanned.name)
  }
  if (failed.length > 0) throw new Error(`Files could not be scanned, and stay held: ${failed.slice(0, 5).join('; ')}`)
}

/** A draft loses the file, so that its question is open again; what was sent keeps its name, the person is told, and whoever works on it sees it. */
async function refuseFound(
  installation: Installation,
  file: FilePlace & { id: string },
  finding: string,
): Promise<void> {
  await installation.sql.begin(async (sql) => {
    // The application first, as whoever uploads does: the other way round the two could wait for each other.
    const row = await lockApplication(sql, file.application)
    if (!row || !(await refuseScanned(sql, file.id, finding, installation.now()))) return
    if (row.state === 'draft') {
      const draft = withoutFile(openDraft(installation, row), file.id)
      await updateDraftWithout(sql, row.id, sealDraft(installation, row.id, draft))
    } else {
      const found = (await listFiles(sql, row.id)).find(({ id }) => id === file.id)
      // Of an answer that is not sent yet its person sees it there, and nobody else.
      const reference = found?.replyTo ?? row.reference!
      if (found) await tellOfRefusedFile(sql, installation, { reference, name: openName(installation, found) })
    }
    await recordAct(sql, 'system', {
      event: 'services.file-refused',
      subject: `application/${file.application}`,
      detail: { file: file.id, finding },
    })
  })
}
