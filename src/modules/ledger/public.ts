// The door of the ledger. Nothing is offered to other modules yet.
export {}
