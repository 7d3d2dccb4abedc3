"""A function that is written in TypeScript in the SQL of SQLite: towns that are spelt nearly as what was asked for."""

import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "out" / "native" / "python"))

import landcover  # noqa: E402

TOWNS = "Berlin Bern Bergen Bremen Brest Dublin Lublin Lyon Paris Parma Porto Rom Rouen Turin Zürich Łódź".split()


def main(asked):
    database = sqlite3.connect(":memory:")
    database.create_function("similarity", 2, landcover.similarity, deterministic=True)
    database.execute("create table towns (name text)")
    database.executemany("insert into towns values (?)", [(town,) for town in TOWNS])
    query = "select name, similarity(name, ?) as alike from towns where alike >= 0.5 order by alike desc, name"
    for name, alike in database.execute(query, [asked]):
        print(f"{name:8} {alike:.3f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "berlyn")
