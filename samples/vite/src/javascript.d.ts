/** Sources that tsnative's plugin leaves as they are. */
declare module '*?javascript';
