/**
 * What an addon for Windows has in the place of C's runtime library, as LLVM assembly: the entry point,
 * which finds Node's functions, memory from the process's heap, and what compilers call unasked.
 *
 * Node's functions are looked up when the file is loaded, in the program that runs, whatever its name is
 * (Electron and those made by `pkg` aren't `node.exe`). Where it has some and one is missing, the file doesn't load,
 * and the JavaScript runs. A program that has none may call what is exported for C.
 */
import type { Target } from '../types.ts';

/** What Windows calls when it has mapped the file. */
export const entryPoint = 'tsnative_load';

/** Where Node-API may be instead of in the program itself: NW.js, and Node built as a library. */
const hostLibraries = ['node.dll', 'libnode.dll'];

/** @param names the functions of Node that the addon calls; none for a library */
export function peRuntime({ triple, arch }: Target, names: readonly string[]): string {
  const assembly = [...(arch === 'arm64' ? arm64(names) : x64(names))];
  return [
    `target triple = "${triple}"`,
    ...assembly.map((line) => `module asm "${line}"`),
    ...lookup(names),
    memory,
    rounding,
    '@_fltused = global i32 0', // Code with doubles refers to it.
    '',
  ].join('\n');
}

const slots = 'tsnative_slots';

/** Jumps through the table of addresses, and the probe of the stack's pages. */
function x64(names: readonly string[]): string[] {
  const jumps = names.flatMap((name, index) => [
    `.globl ${name}`,
    `${name}:`,
    `jmpq *${slots}+${8 * index}(%rip)`,
  ]);
  return [
    '.text',
    ...jumps,
    // Touches the pages of a frame of RAX bytes in turn, as Windows adds a page to a stack when the one above
    // is there. It may change R10 and R11 alone (Microsoft's x64 calling convention).
    ...['.globl __chkstk', '__chkstk:', 'leaq 8(%rsp), %r10', 'movq %rax, %r11'],
    ...['1:', 'cmpq $4096, %r11', 'jbe 2f', 'subq $4096, %r10', 'testq %r10, (%r10)'],
    ...['subq $4096, %r11', 'jmp 1b'],
    ...['2:', 'subq %r11, %r10', 'testq %r10, (%r10)', 'retq'],
  ].map(escaped);
}

function arm64(names: readonly string[]): string[] {
  const jumps = names.flatMap((name, index) => [
    `.globl ${name}`,
    `${name}:`,
    `adrp x16, ${slots}+${8 * index}`,
    `ldr x16, [x16, :lo12:${slots}+${8 * index}]`,
    'br x16',
  ]);
  return [
    '.text',
    '.p2align 2',
    ...jumps,
    // The same for a frame of 16 times X15 bytes; it may change X16 and X17 alone.
    ...['.globl __chkstk', '__chkstk:', 'lsl x16, x15, #4', 'mov x17, sp'],
    ...['1:', 'cmp x16, #1, lsl #12', 'b.ls 2f', 'sub x17, x17, #1, lsl #12', 'ldr xzr, [x17]'],
    ...['sub x16, x16, #1, lsl #12', 'b 1b'],
    ...['2:', 'sub x17, x17, x16', 'ldr xzr, [x17]', 'ret'],
  ].map(escaped);
}

/** As LLVM wants text in quotes. */
const escaped = (text: string): string => text.replace(/[\\"]/g, (char) => `\\${hex(char)}`);

const hex = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase();

function lookup(names: readonly string[]): string[] {
  const count = names.length;
  if (count === 0)
    return [
      `define i32 @${entryPoint}(ptr %instance, i32 %reason, ptr %reserved) {\n  ret i32 1\n}`,
    ];
  const text = (name: string, content: string): string =>
    `@${name} = private constant [${content.length + 1} x i8] c"${content}\\00"`;
  const hosts = ['ptr null', ...hostLibraries.map((_, index) => `ptr @host.${index}`)];
  return [
    `@${slots} = global [${count} x ptr] zeroinitializer`,
    ...names.map((name, index) => text(`name.${index}`, name)),
    ...hostLibraries.map((library, index) => text(`host.${index}`, library)),
    `@names = private constant [${count} x ptr] [${names.map((_, index) => `ptr @name.${index}`).join(', ')}]`,
    `@hosts = private constant [${hosts.length} x ptr] [${hosts.join(', ')}]`,
    `declare ptr @GetModuleHandleA(ptr)
declare ptr @GetProcAddress(ptr, ptr)

; How many of the functions a module has; their addresses are in the table.
define internal i64 @resolve(ptr %module) {
entry:
  br label %next
next:
  %index = phi i64 [ 0, %entry ], [ %following, %one ]
  %count = phi i64 [ 0, %entry ], [ %counted, %one ]
  %done = icmp eq i64 %index, ${count}
  br i1 %done, label %complete, label %one
one:
  %nameAt = getelementptr ptr, ptr @names, i64 %index
  %name = load ptr, ptr %nameAt
  %address = call ptr @GetProcAddress(ptr %module, ptr %name)
  %slot = getelementptr ptr, ptr @${slots}, i64 %index
  store ptr %address, ptr %slot
  %there = icmp ne ptr %address, null
  %more = zext i1 %there to i64
  %counted = add i64 %count, %more
  %following = add i64 %index, 1
  br label %next
complete:
  ret i64 %count
}

; DllMain: 1 for a file that can be used. The reason is 1 when a process loads it.
define i32 @${entryPoint}(ptr %instance, i32 %reason, ptr %reserved) {
entry:
  %loads = icmp eq i32 %reason, 1
  br i1 %loads, label %next, label %usable
next:
  %index = phi i64 [ 0, %entry ], [ %following, %other ]
  %most = phi i64 [ 0, %entry ], [ %more, %other ]
  %none = icmp eq i64 %index, ${hosts.length}
  br i1 %none, label %incomplete, label %one
one:
  %nameAt = getelementptr ptr, ptr @hosts, i64 %index
  %name = load ptr, ptr %nameAt
  %module = call ptr @GetModuleHandleA(ptr %name)
  %absent = icmp eq ptr %module, null
  br i1 %absent, label %other, label %present
present:
  %resolved = call i64 @resolve(ptr %module)
  %all = icmp eq i64 %resolved, ${count}
  br i1 %all, label %usable, label %partly
partly:
  %sum = add i64 %most, %resolved
  br label %other
other:
  %more = phi i64 [ %most, %one ], [ %sum, %partly ]
  %following = add i64 %index, 1
  br label %next
incomplete:
  %isNode = icmp ne i64 %most, 0
  br i1 %isNode, label %unusable, label %usable
usable:
  ret i32 1
unusable:
  ret i32 0
}`,
  ];
}

/** C's allocation, from the heap of the process, whose blocks are aligned to 16 bytes. */
const memory = `declare ptr @GetProcessHeap()
declare ptr @HeapAlloc(ptr, i32, i64)
declare ptr @HeapReAlloc(ptr, i32, ptr, i64)
declare i32 @HeapFree(ptr, i32, ptr)
declare { i64, i1 } @llvm.umul.with.overflow.i64(i64, i64)

define ptr @malloc(i64 %bytes) {
  %heap = call ptr @GetProcessHeap()
  %block = call ptr @HeapAlloc(ptr %heap, i32 0, i64 %bytes)
  ret ptr %block
}

; 8 is HEAP_ZERO_MEMORY.
define ptr @calloc(i64 %count, i64 %size) {
  %product = call { i64, i1 } @llvm.umul.with.overflow.i64(i64 %count, i64 %size)
  %bytes = extractvalue { i64, i1 } %product, 0
  %overflow = extractvalue { i64, i1 } %product, 1
  br i1 %overflow, label %failed, label %fits
fits:
  %heap = call ptr @GetProcessHeap()
  %block = call ptr @HeapAlloc(ptr %heap, i32 8, i64 %bytes)
  ret ptr %block
failed:
  ret ptr null
}

define ptr @realloc(ptr %old, i64 %bytes) {
  %isNew = icmp eq ptr %old, null
  br i1 %isNew, label %first, label %again
first:
  %made = call ptr @malloc(i64 %bytes)
  ret ptr %made
again:
  %heap = call ptr @GetProcessHeap()
  %moved = call ptr @HeapReAlloc(ptr %heap, i32 0, ptr %old, i64 %bytes)
  ret ptr %moved
}

define void @free(ptr %block) {
  %isNone = icmp eq ptr %block, null
  br i1 %isNone, label %done, label %some
some:
  %heap = call ptr @GetProcessHeap()
  %freed = call i32 @HeapFree(ptr %heap, i32 0, ptr %block)
  br label %done
done:
  ret void
}
`;

/**
 * Rounding for the first level of x86-64, which has no instruction for it. A double of at least 2^52 is an
 * integer, and so is a NaN as good as one; adding and subtracting 2^52 rounds any other to even.
 */
const rounding = `declare double @llvm.fabs.f64(double)
declare double @llvm.copysign.f64(double, double)

define internal double @whole(double %x) alwaysinline {
  %integer = fptosi double %x to i64
  %whole = sitofp i64 %integer to double
  ret double %whole
}

define internal double @even(double %x) alwaysinline {
  %size = call double @llvm.fabs.f64(double %x)
  %up = fadd double %size, 0x4330000000000000
  %rounded = fsub double %up, 0x4330000000000000
  ret double %rounded
}

define internal double @floored(double %x) alwaysinline {
  %whole = call double @whole(double %x)
  %isAbove = fcmp ogt double %whole, %x
  %below = fsub double %whole, 1.0
  %result = select i1 %isAbove, double %below, double %whole
  ret double %result
}

define internal double @ceiled(double %x) alwaysinline {
  %whole = call double @whole(double %x)
  %isBelow = fcmp olt double %whole, %x
  %above = fadd double %whole, 1.0
  %result = select i1 %isBelow, double %above, double %whole
  ret double %result
}

${[
  ['trunc', 'whole'],
  ['floor', 'floored'],
  ['ceil', 'ceiled'],
  ['rint', 'even'],
]
  .map(
    ([name, rounded]) => `define double @${name}(double %x) {
  %size = call double @llvm.fabs.f64(double %x)
  %isSmall = fcmp olt double %size, 0x4330000000000000
  br i1 %isSmall, label %small, label %large
small:
  %rounded = call double @${rounded}(double %x)
  %result = call double @llvm.copysign.f64(double %rounded, double %x)
  ret double %result
large:
  ret double %x
}

define float @${name}f(float %x) {
  %wide = fpext float %x to double
  %rounded = call double @${name}(double %wide)
  %result = fptrunc double %rounded to float
  ret float %result
}
`,
  )
  .join('\n')}`;
