/** What a module of the tests imports. */
export const offset = 0.5;
