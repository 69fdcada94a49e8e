import { inspectPdf, listPdfSignatures, preparePdf } from './pdf.ts'
import type { PdfTask } from './pdf-reader.ts'

/**
 * A process apart for the files of strangers: whatever a file does to it ends with it. One file after the other. Without
 * whoever asks it has nothing to wait for, and ends.
 */
process.on('message', async (task: PdfTask) => {
  process.send!({ answer: await answerTo(task) })
})

function answerTo(task: PdfTask) {
  if (task.kind === 'inspect') return inspectPdf(task.bytes)
  if (task.kind === 'prepare') return preparePdf(task.bytes, task.words)
  return listPdfSignatures(task.bytes)
}
