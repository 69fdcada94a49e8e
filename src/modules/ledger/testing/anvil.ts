import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'

/** The program of a chain for this machine; undefined where its package has none, or was left out. */
export function findAnvil(): string | undefined {
  const of: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }
  try {
    return createRequire(import.meta.url).resolve(
      `@foundry-rs/anvil-${process.platform}-${of[process.arch] ?? process.arch}/bin/anvil`,
    )
  } catch {
    return undefined
  }
}

/** A chain on a free port of this machine. Whoever starts it ends it; it does not outlive this process. */
export async function startAnvil(...more: string[]) {
  const given = ['--port', '0', '--host', '127.0.0.1', '--accounts', '1', '--no-cors', ...more]
  const child = spawn(findAnvil()!, given, { stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill('SIGKILL'))
  let said = ''
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      said += String(piece)
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(said)
      if (found) resolve(found[1]!)
    })
    child.once('exit', () => reject(new Error(`anvil ended: ${said}`)))
  })
  child.stdout.removeAllListeners('data').resume()
  return { url: `http://127.0.0.1:${port}`, child }
}
