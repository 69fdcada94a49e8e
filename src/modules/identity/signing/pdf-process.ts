import { parentPort } from 'node:worker_threads'
import { inspectPdf, listPdfSignatures, preparePdf } from './pdf.ts'
import type { PdfTask } from './pdf-reader.ts'

/** A thread apart for the files of strangers: whatever a file does to it ends with it. One file after the other. */
parentPort!.on('message', async (task: PdfTask) => {
  parentPort!.postMessage({ answer: await answerTo(task) })
})

function answerTo(task: PdfTask) {
  if (task.kind === 'inspect') return inspectPdf(task.bytes)
  if (task.kind === 'prepare') return preparePdf(task.bytes, task.words)
  return listPdfSignatures(task.bytes)
}
