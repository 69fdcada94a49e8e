// The door of services. Nothing is offered to other modules yet.
export {}
