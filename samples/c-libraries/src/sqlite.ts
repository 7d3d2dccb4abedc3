/** SQLite: a table, a query, and a function of native code that the query calls. */
import { memory, textAt, type f64, type Handle, type i32, type Out, type Pointer } from 'tsnative';

type Database = Handle<'sqlite3'>;
type Statement = Handle<'sqlite3_stmt'>;
type Context = Handle<'sqlite3_context'>;

/** @extern sqlite3: sqlite3_open */
declare function open(path: string, database: Out<Database | null>): i32;

/** @extern sqlite3: sqlite3_close_v2, frees: database */
declare function close(database: Database): i32;

/** @extern sqlite3: sqlite3_errmsg */
declare function problemOf(database: Database): string;

/** @extern sqlite3: sqlite3_prepare_v2 */
declare function prepare(
  database: Database,
  sql: string,
  bytes: i32,
  statement: Out<Statement | null>,
  rest: Out<Pointer> | null,
): i32;

/** @extern sqlite3: sqlite3_bind_double */
declare function bind(statement: Statement, index: i32, value: f64): i32;

/** @extern sqlite3: sqlite3_step */
declare function step(statement: Statement): i32;

/** @extern sqlite3: sqlite3_reset */
declare function reset(statement: Statement): i32;

/** @extern sqlite3: sqlite3_finalize, frees: statement */
declare function finalize(statement: Statement): i32;

/** @extern sqlite3: sqlite3_column_count */
declare function columnCount(statement: Statement): i32;

/** @extern sqlite3: sqlite3_column_text */
declare function columnText(statement: Statement, column: i32): Pointer;

/** @extern sqlite3: sqlite3_value_double */
declare function numberOf(value: Pointer): f64;

/** @extern sqlite3: sqlite3_result_double */
declare function give(context: Context, value: f64): void;

/** @extern sqlite3: sqlite3_create_function, keeps: run */
declare function createFunction(
  database: Database,
  name: string,
  count: i32,
  encoding: i32,
  data: Pointer,
  run: (context: Context, count: i32, values: Pointer) => void,
  step: Pointer,
  final: Pointer,
): i32;

const row = 100;
const utf8 = 1;

/** The SQL function `hypotenuse(x, y)`. */
function hypotenuse(context: Context, _count: i32, values: Pointer): void {
  const x = numberOf(memory.getBigUint64(values, 0));
  const y = numberOf(memory.getBigUint64(values, 8));
  if (x < 0 || y < 0) throw new RangeError(`a side of a triangle can't be negative: ${x}, ${y}`);
  give(context, Math.sqrt(x * x + y * y));
}

function prepared(database: Database, sql: string): Statement {
  const made: Out<Statement | null> = { value: null };
  if (prepare(database, sql, -1, made, null) !== 0) throw new Error(problemOf(database));
  const statement = made.value;
  if (statement === null) throw new Error('there is no statement');
  return statement;
}

/** Puts points into a table, runs a query on it, and gives the rows as lines with `|` between columns. */
/** @native */
export function asked(points: Float64Array, query: string): string {
  const held: Out<Database | null> = { value: null };
  if (open(':memory:', held) !== 0) throw new Error('SQLite has no memory');
  const database = held.value;
  if (database === null) throw new Error('SQLite has no memory');
  try {
    createFunction(database, 'hypotenuse', 2, utf8, 0n, hypotenuse, 0n, 0n);
    const create = prepared(database, 'create table points (x real, y real)');
    step(create);
    finalize(create);
    const insert = prepared(database, 'insert into points values (?, ?)');
    for (let i = 0; i + 1 < points.length; i += 2) {
      bind(insert, 1, points[i]!);
      bind(insert, 2, points[i + 1]!);
      step(insert);
      reset(insert);
    }
    finalize(insert);
    return rowsOf(prepared(database, query));
  } finally {
    close(database);
  }
}

function rowsOf(statement: Statement): string {
  let text = '';
  try {
    while (step(statement) === row) {
      for (let column = 0; column < columnCount(statement); column++) {
        const value = columnText(statement, column);
        text += (column > 0 ? '|' : '') + (value === 0n ? '' : textAt(value));
      }
      text += '\n';
    }
  } finally {
    finalize(statement);
  }
  return text;
}
