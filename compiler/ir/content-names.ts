/** The end of a function's name that tells what is in it, where several of one name are in a module: see `units/`. */
export const contentSuffix = /\.[0-9a-f]{12}$/;
