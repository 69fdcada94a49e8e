/* Runs src/main.ts from the sources, from whichever folder it is called. Needs Node 24 and `--conditions=source`. */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

enableCompileCache()
// Named, because tsx would look for it in the folder that the person is in.
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
await import('../src/main.ts')
