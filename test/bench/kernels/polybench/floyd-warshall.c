/* The lengths of the shortest paths between all pairs of n nodes, in place of those of the edges. */
void floydWarshall(int n, int *path) {
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int direct = path[i * n + j];
        int around = path[i * n + k] + path[k * n + j];
        path[i * n + j] = direct < around ? direct : around;
      }
    }
  }
}
