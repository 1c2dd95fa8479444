import type { Output } from '../command.ts';

export interface Progress {
  /** Bytes of all bytes are done, and so many encounters: by this process, and in all. */
  readonly at: (bytes: number, ofBytes: number, counted: number, inAll: number) => void;
  /** Leaves the screen as it was. */
  readonly end: () => void;
}

const barWidth = 24;
const drawEveryMilliseconds = 100;
const lineEveryMilliseconds = 10_000;

/** A bar that is drawn over itself where somebody looks on, and a line now and then where it goes to a file. */
export function createProgress(output: Output, isTerminal: boolean, elapsed: () => number): Progress {
  const start = elapsed();
  let last = start;
  let isDrawn = false;
  return {
    at(bytes, ofBytes, counted, inAll) {
      const now = elapsed();
      if (now - last < (isTerminal ? drawEveryMilliseconds : lineEveryMilliseconds)) return;
      last = now;
      const share = ofBytes === 0 ? 1 : Math.min(1, bytes / ofBytes);
      const words = progressWords(share, counted, inAll, (now - start) / 1_000);
      output.write(isTerminal ? `\r\u001b[2K${bar(share)} ${words}` : `${words}\n`);
      isDrawn ||= isTerminal;
    },
    end() {
      if (isDrawn) output.write('\r\u001b[2K');
    },
  };
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]`;
}

/** `42 %, 412,000 encounters, 24,100 a second, about 1 min 20 s left`. What was counted earlier says nothing of the speed. */
export function progressWords(share: number, counted: number, inAll: number, seconds: number): string {
  const speed = seconds > 0 ? Math.round(counted / seconds) : 0;
  // By what is there and what is left, after enough to judge by.
  const left = share > 0.01 && speed > 0 ? (inAll / share - inAll) / speed : null;
  return [
    `${Math.floor(share * 100)} %`,
    `${inAll.toLocaleString('en')} encounters`,
    `${speed.toLocaleString('en')} a second`,
    ...(left === null ? [] : [`about ${durationWords(left)} left`]),
  ].join(', ');
}

export function durationWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
