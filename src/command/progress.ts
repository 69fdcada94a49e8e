const silentMs = 1000

/**
 * Says on standard error what is being done, once it has taken a second: on a terminal in one line that disappears
 * again, elsewhere in a line of its own. Results never mix with it.
 */
export function openProgress(stream: NodeJS.WriteStream = process.stderr): (line: string | undefined) => void {
  let timer: NodeJS.Timeout | undefined
  let shown = false
  const clear = () => {
    clearTimeout(timer)
    if (shown && stream.isTTY) stream.write('\r\x1b[K')
    shown = false
  }
  return (line) => {
    clear()
    if (line === undefined) return
    timer = setTimeout(() => {
      shown = true
      stream.write(stream.isTTY ? `${line} …` : `${line} …\n`)
    }, silentMs)
    timer.unref()
  }
}
