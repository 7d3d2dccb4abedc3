import $native from "./native/tsnative.cjs";
/** SQLite: a table, a query, and a function of native code that the query calls. */
import { memory, textAt } from 'tsnative';
/** @extern sqlite3: sqlite3_open */
function open(path, database) {
    return $native.missing("open", "sqlite3");
}
/** @extern sqlite3: sqlite3_close_v2, frees: database */
function close(database) {
    return $native.missing("close", "sqlite3");
}
/** @extern sqlite3: sqlite3_errmsg */
function problemOf(database) {
    return $native.missing("problemOf", "sqlite3");
}
/** @extern sqlite3: sqlite3_prepare_v2 */
function prepare(database, sql, bytes, statement, rest) {
    return $native.missing("prepare", "sqlite3");
}
/** @extern sqlite3: sqlite3_bind_double */
function bind(statement, index, value) {
    return $native.missing("bind", "sqlite3");
}
/** @extern sqlite3: sqlite3_step */
function step(statement) {
    return $native.missing("step", "sqlite3");
}
/** @extern sqlite3: sqlite3_reset */
function reset(statement) {
    return $native.missing("reset", "sqlite3");
}
/** @extern sqlite3: sqlite3_finalize, frees: statement */
function finalize(statement) {
    return $native.missing("finalize", "sqlite3");
}
/** @extern sqlite3: sqlite3_column_count */
function columnCount(statement) {
    return $native.missing("columnCount", "sqlite3");
}
/** @extern sqlite3: sqlite3_column_text */
function columnText(statement, column) {
    return $native.missing("columnText", "sqlite3");
}
/** @extern sqlite3: sqlite3_value_double */
function numberOf(value) {
    return $native.missing("numberOf", "sqlite3");
}
/** @extern sqlite3: sqlite3_result_double */
function give(context, value) {
    return $native.missing("give", "sqlite3");
}
/** @extern sqlite3: sqlite3_create_function, keeps: run */
function createFunction(database, name, count, encoding, data, run, step, final) {
    return $native.missing("createFunction", "sqlite3");
}
const row = 100;
const utf8 = 1;
var $native_asked = $native.functions.asked;
/** The SQL function `hypotenuse(x, y)`. */
function hypotenuse(context, _count, values) {
    const x = numberOf(memory.getBigUint64(values, 0));
    const y = numberOf(memory.getBigUint64(values, 8));
    if (x < 0 || y < 0)
        throw new RangeError(`a side of a triangle can't be negative: ${x}, ${y}`);
    give(context, Math.sqrt(x * x + y * y));
}
function prepared(database, sql) {
    const made = { value: null };
    if (prepare(database, sql, -1, made, null) !== 0)
        throw new Error(problemOf(database));
    const statement = made.value;
    if (statement === null)
        throw new Error('there is no statement');
    return statement;
}
/** Puts points into a table, runs a query on it, and gives the rows as lines with `|` between columns. */
/** @native */
export function asked(points, query) {
    if ($native_asked !== void 0) return $native_asked(points, query);
    const held = { value: null };
    if (open(':memory:', held) !== 0)
        throw new Error('SQLite has no memory');
    const database = held.value;
    if (database === null)
        throw new Error('SQLite has no memory');
    try {
        createFunction(database, 'hypotenuse', 2, utf8, 0n, hypotenuse, 0n, 0n);
        const create = prepared(database, 'create table points (x real, y real)');
        step(create);
        finalize(create);
        const insert = prepared(database, 'insert into points values (?, ?)');
        for (let i = 0; i + 1 < points.length; i += 2) {
            bind(insert, 1, points[i]);
            bind(insert, 2, points[i + 1]);
            step(insert);
            reset(insert);
        }
        finalize(insert);
        return rowsOf(prepared(database, query));
    }
    finally {
        close(database);
    }
}
function rowsOf(statement) {
    let text = '';
    try {
        while (step(statement) === row) {
            for (let column = 0; column < columnCount(statement); column++) {
                const value = columnText(statement, column);
                text += (column > 0 ? '|' : '') + (value === 0n ? '' : textAt(value));
            }
            text += '\n';
        }
    }
    finally {
        finalize(statement);
    }
    return text;
}
