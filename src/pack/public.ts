// The door of the pack: how a module says what it reads from one, and how it reads it.

export { type Complaint, checkShape, type JsonSchema, walk } from './check.ts'
export { type Government, type Organisation, type PackPerson, platformDefinitions, Topic } from './definitions.ts'
export { type Definition, loadPack, type Pack } from './pack.ts'
export { type Mistake, type Places, readYaml, type Sentence } from './read.ts'
export { packFiles } from './schemas.ts'
export { expects, FigureId, OwnAddress, oneOf, PackDate, PackId, packText, packWords, reference } from './shapes.ts'
