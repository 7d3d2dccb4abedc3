/** @native */
export function days(month: number, leap: boolean): number {
  switch (month) {
    case 2:
      if (leap) return 29;
      return 28;
    case 4:
    case 6:
      return 30;
    default:
      return 31;
  }
}
