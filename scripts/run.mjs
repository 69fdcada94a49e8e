/* Runs src/main.ts from the sources, from whichever folder it is called. Needs Node 24 and `--conditions=source`. */
import './sources.mjs'

// Only now: what is imported by name is read before anything runs.
await import('../src/main.ts')
