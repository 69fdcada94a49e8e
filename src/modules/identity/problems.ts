import { problems } from '#platform'
import { paperProblems } from './problems/papers.ts'
import { serviceProblems } from './problems/services.ts'
import { signInProblems } from './problems/sign-in.ts'
import { standingProblems } from './problems/standing.ts'

/** Every refusal of this module. */
export const problem = problems('identity', {
  ...signInProblems,
  ...serviceProblems,
  ...standingProblems,
  ...paperProblems,
})
