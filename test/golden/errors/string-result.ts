/** @native */
export const show = (x: number) => `${x} m`;
