const sameCtrlCMs = 500

/**
 * Hears Ctrl-C and the signals that ask a process to end. The first aborts `signal`, and the caller stops in order; a
 * second one does not wait: `force` is called and the process ends.
 */
export function listenForStop(force: () => void): AbortSignal {
  const controller = new AbortController()
  let firstAt = 0
  const hear = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now()
      controller.abort()
      return
    }
    // npm passes on the Ctrl-C that the terminal has sent to this process already: the same one, heard twice.
    if (performance.now() - firstAt < sameCtrlCMs) return
    force()
    process.exit(130)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, hear)
  return controller.signal
}
