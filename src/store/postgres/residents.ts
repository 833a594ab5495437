// Who lives in the database: every bot holds the same lock together with the others, and whoever moves the shop needs it
// alone.

/** Any number that nothing else in the database locks. */
export const MOVING_LOCK = 7_203_641_113;
