// The shape of the code, tested. An exception is a named list with its reason, beside the rule.
import './tidy/boundaries.ts'
import './tidy/sql.ts'
import './tidy/tables.ts'
import './tidy/routes.ts'
import './tidy/code.ts'
import './tidy/texts.ts'
import './tidy/docs.ts'
