import { killTree } from '../process-tree.ts';
import type { Fault, FaultKind } from './fault.ts';
import { drawMoment, untilMoment, type Moment } from './moments.ts';

/** Children may take their grace of five seconds, on a busy machine. */
const mostAfterSignalMs = 12_000;

function atMoment(act: (running: Parameters<NonNullable<Fault['during']>>[1]) => void) {
  return (moment: Moment): Fault['during'] =>
    async (trial, running) => {
      if (await untilMoment(trial, running, moment)) act(running);
    };
}

function signalKind(name: NodeJS.Signals): FaultKind {
  return {
    kind: name.toLowerCase(),
    draw(random, songs) {
      const moment = drawMoment(random, songs);
      const during = atMoment((running) => running.signal(name))(moment);
      return { about: `${name} at ${JSON.stringify(moment)}`, mostAfterSignalMs, ...(during && { during }) };
    },
  };
}

export const signalKinds: readonly FaultKind[] = [
  signalKind('SIGINT'),
  signalKind('SIGTERM'),
  signalKind('SIGHUP'),
  {
    kind: 'double-sigint',
    draw(random, songs) {
      const moment = drawMoment(random, songs);
      const pauseMs = random.between(150, 500);
      return {
        about: `SIGINT twice, ${pauseMs} ms apart, at ${JSON.stringify(moment)}`,
        mostAfterSignalMs: pauseMs + 3_000,
        async during(trial, running) {
          if (!(await untilMoment(trial, running, moment))) return;
          running.signal('SIGINT');
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          if (!running.hasEnded()) running.signal('SIGINT');
        },
      };
    },
  },
  {
    kind: 'kill-tree',
    draw(random, songs) {
      const moment = drawMoment(random, songs);
      const during = atMoment((running) => killTree(running.child.pid ?? 0))(moment);
      return { about: `SIGKILL of the tree at ${JSON.stringify(moment)}`, ...(during && { during }) };
    },
  },
  {
    kind: 'kill-main',
    draw(random, songs) {
      const moment = drawMoment(random, songs);
      const during = atMoment((running) => running.child.kill('SIGKILL'))(moment);
      return {
        about: `SIGKILL of HARMONI alone at ${JSON.stringify(moment)}`,
        leavesChildren: true,
        ...(during && { during }),
      };
    },
  },
];
