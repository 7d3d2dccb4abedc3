struct shape {
  unsigned char kind;
  double width;
  float height;
  short scale;
  _Bool wide;
  long long calls;
};
