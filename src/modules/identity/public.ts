// The door of identity. Nothing is offered to other modules yet.
export {}
