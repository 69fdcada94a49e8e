/*
 * Reads QR codes where they are: from a picture that was chosen or dropped, and from the camera. The page loads it when it is
 * first needed.
 */
import { decodeQR } from 'qr/decode.js'

/** A photograph is made smaller than this before it is looked at; the largest code has 185 modules to a side. */
const sideMax = 2400
/** For one look at one part, over which the decoder tries again. */
const timeLimit = 1000
const effort = 10
const lookEveryMs = 200

/** Of a sheet with several codes each is found in one of its parts: left, top, width and height of the whole. */
const parts: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 1, 1],
  [0.5, 0, 0.5, 1],
  [0, 0, 0.5, 1],
  [0, 0.5, 1, 0.5],
  [0.4, 0.4, 0.6, 0.6],
]

/** The texts of the codes in a picture. Rejects where the browser cannot open it as one. */
export async function readPicture(file: Blob): Promise<string[]> {
  const bitmap = await createImageBitmap(file)
  try {
    const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height))
    const [width, height] = [bitmap.width * scale, bitmap.height * scale].map((side) => Math.max(1, Math.round(side)))
    const context = contextOf(width!, height!)
    // What is transparent is paper.
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width!, height!)
    context.drawImage(bitmap, 0, 0, width!, height!)
    return [...new Set(parts.flatMap((part) => look(context, part)))]
  } finally {
    bitmap.close()
  }
}

/** Shows the camera in `video` and tells the first code that it sees. Rejects where there is no camera, or it is not allowed. */
export async function watchCamera(video: HTMLVideoElement, tell: (text: string) => void): Promise<() => void> {
  const wanted = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } }
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted })
  video.srcObject = stream
  await video.play()
  const stop = () => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  const timer = setInterval(() => {
    const { videoWidth: width, videoHeight: height } = video
    if (width === 0) return
    const context = contextOf(width, height)
    context.drawImage(video, 0, 0)
    const [text] = look(context, [0, 0, 1, 1])
    if (text === undefined) return
    stop()
    tell(text)
  }, lookEveryMs)
  return stop
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas.getContext('2d', { willReadFrequently: true })!
}

function look(context: CanvasRenderingContext2D, [left, top, across, down]: (typeof parts)[number]): string[] {
  const { width, height } = context.canvas
  const [w, h] = [Math.round(width * across), Math.round(height * down)]
  if (w < 21 || h < 21) return []
  try {
    return [
      decodeQR(context.getImageData(Math.round(width * left), Math.round(height * top), w, h), { effort, timeLimit }),
    ]
  } catch {
    // The library throws where it finds none.
    return []
  }
}
