/* Locks a data folder, starts its PostgreSQL, says the address and waits; for tests that kill it. */
import { pino } from 'pino'
import { lockFolderOrRefuse } from '../../src/start/lock.ts'
import { startPostgres } from '../../src/start/postgres/server.ts'

const folder = process.argv[2]!
lockFolderOrRefuse(folder)
const postgres = await startPostgres({ folder, log: pino({ level: 'silent' }) })
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
process.stdout.write(`${postgres.ownerUrl}\n`)
setInterval(() => {}, 60_000)
