// PLACEHOLDER by the founder until the builder of the command line replaces it.
export type Command = { name: string }
