import type { f64, i32 } from 'tsnative';

/**
 * The kernel of a small operating system, after Martin Richards' benchmark (Cambridge, 1980s): tasks of
 * different kinds pass packets to each other, and a scheduler runs the most urgent one that can go on.
 */
const devices = 2;
const dataSize = 4;

/** What a packet is for. */
const forDevice = 0;
const forWork = 1;

class Packet {
  link: Packet | null;
  /** A letter, in a packet of work. */
  value = 0;
  readonly data: i32[] = [];
  constructor(
    link: Packet | null,
    /** The task that it goes to; of what comes back, the one that it was at. */
    public owner: i32,
    readonly kind: i32,
  ) {
    this.link = link;
    for (let i = 0; i < dataSize; i++) this.data.push(0);
  }
}

/** Puts a packet at the end of a queue; gives the queue's first one. */
function append(packet: Packet, queue: Packet | null): Packet {
  packet.link = null;
  if (queue === null) return packet;
  let last = queue;
  while (last.link !== null) last = last.link;
  last.link = packet;
  return queue;
}

const running = 0;
/** It has packets that it hasn't looked at. */
const hasPacket = 1;
/** It waits for a packet. */
const isWaiting = 2;
/** Another one has stopped it. */
const isHeld = 4;

abstract class Task {
  state: i32;
  constructor(
    readonly id: i32,
    readonly priority: i32,
    public queue: Packet | null,
    readonly next: Task | null,
    state: i32,
  ) {
    this.state = queue === null ? state : state | hasPacket;
  }

  get isStopped(): boolean {
    return (this.state & isHeld) !== 0 || this.state === isWaiting;
  }

  /** The next of its packets, if it has been waiting for one. */
  take(): Packet | null {
    if (this.state !== (isWaiting | hasPacket)) return null;
    const packet = this.queue;
    if (packet === null) return null;
    this.queue = packet.link;
    this.state = this.queue === null ? running : hasPacket;
    return packet;
  }

  /** Runs as far as it can; gives the task that should be run next. */
  abstract run(packet: Packet | null, kernel: Kernel): Task | null;
}

/** Counts down, and sets the devices going by the bits of a shift register. */
class Idle extends Task {
  constructor(
    id: i32,
    next: Task | null,
    private register: i32,
    private left: i32,
  ) {
    super(id, 0, null, next, running);
  }
  override run(_packet: Packet | null, kernel: Kernel): Task | null {
    this.left--;
    if (this.left === 0) return kernel.hold();
    const odd = (this.register & 1) !== 0;
    this.register = (this.register >> 1) ^ (odd ? 0xd008 : 0);
    return kernel.release(odd ? kernel.secondDevice : kernel.firstDevice);
  }
}

/** Makes work for the handlers in turn. */
class Worker extends Task {
  private letter = 0;
  private turn = 0;
  constructor(id: i32, priority: i32, queue: Packet | null, next: Task | null) {
    super(id, priority, queue, next, isWaiting);
  }
  override run(packet: Packet | null, kernel: Kernel): Task | null {
    if (packet === null) return kernel.wait();
    this.turn = (this.turn + 1) % devices;
    packet.owner = kernel.firstHandler + this.turn;
    packet.value = 0;
    for (let i = 0; i < dataSize; i++) {
      this.letter = this.letter === 26 ? 1 : this.letter + 1;
      packet.data[i] = 64 + this.letter;
    }
    return kernel.send(packet);
  }
}

/** Passes the letters of its work to a device, one by one. */
class Handler extends Task {
  private work: Packet | null = null;
  private free: Packet | null = null;
  constructor(id: i32, priority: i32, queue: Packet | null, next: Task | null) {
    super(id, priority, queue, next, isWaiting);
  }
  override run(packet: Packet | null, kernel: Kernel): Task | null {
    if (packet !== null) {
      if (packet.kind === forWork) this.work = append(packet, this.work);
      else this.free = append(packet, this.free);
    }
    const { work } = this;
    if (work !== null) {
      const count = work.value;
      if (count >= dataSize) {
        this.work = work.link;
        return kernel.send(work);
      }
      const { free } = this;
      if (free !== null) {
        this.free = free.link;
        free.value = work.data[count]!;
        work.value = count + 1;
        return kernel.send(free);
      }
    }
    return kernel.wait();
  }
}

/** Takes a while for each packet. */
class Device extends Task {
  private pending: Packet | null = null;
  constructor(id: i32, priority: i32, next: Task | null) {
    super(id, priority, null, next, isWaiting);
  }
  override run(packet: Packet | null, kernel: Kernel): Task | null {
    if (packet !== null) {
      this.pending = packet;
      return kernel.hold();
    }
    const { pending } = this;
    if (pending === null) return kernel.wait();
    this.pending = null;
    return kernel.send(pending);
  }
}

class Kernel {
  readonly firstHandler = 2;
  readonly firstDevice = 4;
  readonly secondDevice = 5;
  sent = 0;
  held = 0;
  private readonly tasks: (Task | null)[] = [null, null, null, null, null, null];
  private first: Task | null = null;
  private current: Task | null = null;

  add(task: Task): void {
    this.tasks[task.id] = task;
    this.first = task;
  }

  /** The task before, which the next one that is added is linked to. */
  get last(): Task | null {
    return this.first;
  }

  run(): void {
    this.current = this.first;
    for (;;) {
      const task: Task | null = this.current;
      if (task === null) return;
      this.current = task.isStopped ? task.next : task.run(task.take(), this);
    }
  }

  /** Lets a stopped task go on. */
  release(id: i32): Task | null {
    const task = this.tasks[id]!;
    if (task === null) return null;
    task.state &= ~isHeld;
    const { current } = this;
    return current === null || task.priority > current.priority ? task : current;
  }

  /** Stops the task that runs. */
  hold(): Task | null {
    const { current } = this;
    this.held++;
    if (current === null) return null;
    current.state |= isHeld;
    return current.next;
  }

  /** The task that runs waits for a packet. */
  wait(): Task | null {
    const { current } = this;
    if (current !== null) current.state |= isWaiting;
    return current;
  }

  /** Gives a packet to its owner. */
  send(packet: Packet): Task | null {
    const { current } = this;
    const to = this.tasks[packet.owner]!;
    if (to === null || current === null) return to;
    this.sent++;
    packet.link = null;
    packet.owner = current.id;
    if (to.queue !== null) {
      to.queue = append(packet, to.queue);
      return current;
    }
    to.queue = packet;
    to.state |= hasPacket;
    return to.priority > current.priority ? to : current;
  }
}

function packets(count: i32, owner: i32, kind: i32): Packet | null {
  let queue: Packet | null = null;
  for (let i = 0; i < count; i++) queue = new Packet(queue, owner, kind);
  return queue;
}

/**
 * Runs the kernel until its idle task has counted down, several times over.
 * @param counts gets how many packets were sent, and how often a task was held, in each run
 * @native
 */
export function richards(runs: i32, rounds: i32, counts: Float64Array): f64 {
  let sum = 0;
  for (let run = 0; run < runs; run++) {
    const kernel = new Kernel();
    kernel.add(new Idle(0, kernel.last, 1, rounds));
    kernel.add(new Worker(1, 1000, packets(2, 1, forWork), kernel.last));
    kernel.add(new Handler(2, 2000, packets(3, 4, forDevice), kernel.last));
    kernel.add(new Handler(3, 3000, packets(3, 5, forDevice), kernel.last));
    kernel.add(new Device(4, 4000, kernel.last));
    kernel.add(new Device(5, 5000, kernel.last));
    kernel.run();
    counts[2 * run] = kernel.sent;
    counts[2 * run + 1] = kernel.held;
    sum += kernel.sent + kernel.held;
  }
  return sum;
}
