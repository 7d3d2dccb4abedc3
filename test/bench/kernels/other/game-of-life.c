/* Conway's Game of Life: two generations, forth to `next` and back. The cells at the edge stay dead. */
void gameOfLife(int width, int height, unsigned char *cells, unsigned char *next) {
  for (int y = 1; y < height - 1; y++) {
    for (int x = 1; x < width - 1; x++) {
      int at = y * width + x;
      int above = cells[at - width - 1] + cells[at - width] + cells[at - width + 1];
      int beside = cells[at - 1] + cells[at + 1];
      int below = cells[at + width - 1] + cells[at + width] + cells[at + width + 1];
      int alive = cells[at];
      int neighbours = above + beside + below;
      next[at] = neighbours == 3 || (neighbours == 2 && alive == 1) ? 1 : 0;
    }
  }
  for (int y = 1; y < height - 1; y++) {
    for (int x = 1; x < width - 1; x++) {
      int at = y * width + x;
      int above = next[at - width - 1] + next[at - width] + next[at - width + 1];
      int beside = next[at - 1] + next[at + 1];
      int below = next[at + width - 1] + next[at + width] + next[at + width + 1];
      int alive = next[at];
      int neighbours = above + beside + below;
      cells[at] = neighbours == 3 || (neighbours == 2 && alive == 1) ? 1 : 0;
    }
  }
}
