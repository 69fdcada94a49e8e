// In the place of `faults.ts` where the rules of this module run in a browser: the page brings the sentences, in its language.

export class Fault extends Error {
  override name = 'Fault'
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: string, values: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
