// The door of the Estimates.
export {}
