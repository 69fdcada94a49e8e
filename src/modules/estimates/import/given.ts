// The tests of documents/ and publish/ name this file; the texts themselves are one folder up.
export * from '../testing/texts.ts'
