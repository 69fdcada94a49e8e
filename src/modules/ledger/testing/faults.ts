import assert from 'node:assert/strict'
import { Fault, type FaultCode } from '../faults.ts'

/** Asserts that `work` refuses with this fault, and hands it back. */
export function faultOf(code: FaultCode, work: () => unknown, about: string = code): Fault {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof Fault, `${about}: ${(error as Error).stack}`)
    assert.equal(error.code, code, about)
    return error
  }
  assert.fail(`${about}: no fault`)
}

/** The same of what takes its time. */
export async function lateFaultOf(code: FaultCode, work: Promise<unknown>, about: string = code): Promise<Fault> {
  const end = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  return faultOf(
    code,
    () => {
      if (end !== undefined) throw end
    },
    about,
  )
}
