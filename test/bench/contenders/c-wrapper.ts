/** Node-API around a kernel in C, as one would write it by hand. */
import type { Parameter, Signature } from '../kernels/signature.ts';

/** What of Node's headers is needed, so that they need not be there. */
export const declarations = `
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
int napi_get_cb_info(
    napi_env, napi_callback_info, __SIZE_TYPE__ *, napi_value *, napi_value *, void **);
int napi_get_value_double(napi_env, napi_value, double *);
int napi_get_value_int32(napi_env, napi_value, int *);
int napi_get_typedarray_info(
    napi_env, napi_value, int *, __SIZE_TYPE__ *, void **, napi_value *, __SIZE_TYPE__ *);
int napi_create_double(napi_env, double, napi_value *);
int napi_create_function(
    napi_env, const char *, __SIZE_TYPE__, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
int napi_throw_type_error(napi_env, const char *, const char *);
`;

/** C's types of elements, and Node-API's numbers for the arrays. */
const arrays: Readonly<Record<string, { readonly element: string; readonly code: number }>> = {
  Int8Array: { element: 'signed char', code: 0 },
  Uint8Array: { element: 'unsigned char', code: 1 },
  Int32Array: { element: 'int', code: 5 },
  Uint32Array: { element: 'unsigned', code: 6 },
  Float32Array: { element: 'float', code: 7 },
  Float64Array: { element: 'double', code: 8 },
};

const wrapperName = ({ name }: Signature): string => `call_${name}`;

/** A function that reads the arguments, calls the kernel and returns its result. */
export function wrapper(signature: Signature): string {
  const { name, parameters, result } = signature;
  const count = parameters.length;
  const call = `${name}(${parameters.map((_, index) => `p${index}`).join(', ')})`;
  return `
static napi_value refuse(napi_env env) {
  napi_throw_type_error(env, 0, "wrong arguments");
  return 0;
}

napi_value ${wrapperName(signature)}(napi_env env, napi_callback_info info) {
  napi_value args[${count}];
  __SIZE_TYPE__ count = ${count};
  if (napi_get_cb_info(env, info, &count, args, 0, 0) != 0 || count < ${count}) return refuse(env);
${parameters.map(read).join('\n')}
  ${
    result === 'void'
      ? `${call};
  return 0;`
      : `double result = ${call};
  napi_value value;
  napi_create_double(env, result, &value);
  return value;`
  }
}`;
}

function read({ name, type }: Parameter, index: number): string {
  const array = arrays[type];
  if (array !== undefined)
    return `  ${array.element} *p${index};
  int t${index};
  if (napi_get_typedarray_info(env, args[${index}], &t${index}, 0, (void **)&p${index}, 0, 0) != 0 ||
      t${index} != ${array.code}) return refuse(env);`;
  const integer = type === 'i32';
  if (!integer && type !== 'number') throw new Error(`${name}: no wrapper for ${type}`);
  return `  ${integer ? 'int' : 'double'} p${index};
  if (napi_get_value_${integer ? 'int32' : 'double'}(env, args[${index}], &p${index}) != 0) return refuse(env);`;
}

/** The addon's registration of all wrappers. */
export const addon = (signatures: readonly Signature[]): string => `${declarations}
${signatures.map((one) => `napi_value ${wrapperName(one)}(napi_env, napi_callback_info);`).join('\n')}

__attribute__((visibility("default")))
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value f;
${signatures
  .map(
    (
      one,
    ) => `  napi_create_function(env, "${one.name}", (__SIZE_TYPE__)-1, ${wrapperName(one)}, 0, &f);
  napi_set_named_property(env, exports, "${one.name}", f);`,
  )
  .join('\n')}
  return exports;
}`;
