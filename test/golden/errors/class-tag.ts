export const gravity = 9.81;

/** @native */
export class Ball {
  height = 0;
  speed = 0;
  step(time: number): void {
    this.speed -= gravity * time;
    this.height += this.speed * time;
  }
}
// rewritten:
export const gravity = 9.81;

/** @native */
export function step(ball: Float64Array, time: number): void {
  ball[1]! -= gravity * time;
  ball[0]! += ball[1]! * time;
}
