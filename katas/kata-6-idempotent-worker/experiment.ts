import type { Lab } from '../../src/kata/index.js';
import { queue } from './contract.js';
import {
  crashAmongOthers,
  crashAtTheMark,
  crashBeforeTheAck,
  crashBeforeTheCommit,
} from './experiment/crashes.js';
import { cutBeforeTheAck, flood } from './experiment/flood.js';
import { cutInHand, hesitate, stayAway } from './experiment/hands.js';
import { openScene, type Happens, type Scene } from './experiment/scene.js';
import { loseTheCommit, loseTheSession } from './experiment/sessions.js';
import { race, stopUnderWay } from './experiment/workers.js';
import type { Charge, Ledger } from './notes.js';

interface Options {
  readonly messages: number;
  readonly duplicates: number;
  readonly prefetch: number;
}

export async function experiment(lab: Lab, options: Options): Promise<void> {
  const scene = await openScene(lab, options.prefetch);
  await play(scene, options);
  await lab.broker.drain(queue);
  const charges = await lab.database.query<Charge>(
    'SELECT id::text AS id, payment, account, amount FROM charges ORDER BY id',
  );
  lab.note('ledger', { charges } satisfies Ledger);
}

/** Act after act, for as long as everything is settled after each; the workers end in order. */
async function play(scene: Scene, { messages, duplicates }: Options): Promise<void> {
  const acts: readonly (readonly [string, Happens])[] = [
    ['flood', (...given) => flood(...given, messages, duplicates)],
    ['ack-cut', cutBeforeTheAck],
    ['crash-after-the-effect', crashBeforeTheAck],
    ['crash-at-the-effect', crashBeforeTheCommit],
    ['crash-at-the-effect', crashAmongOthers],
    ['crash-at-the-effect', crashAtTheMark],
    ['session-lost', loseTheSession],
    ['commit-lost', loseTheCommit],
    ['slow-database', hesitate],
    ['cut-in-hand', cutInHand],
    ['broker-away', stayAway],
    ['two-workers', race],
    ['sigterm', stopUnderWay],
  ];
  let worker = await scene.start();
  for (const [act, happens] of acts) {
    const then = await scene.lab.act(act, () => happens(scene, worker));
    worker = then?.worker ?? worker;
    if (then?.goesOn === false) break;
  }
  await worker.stop();
}
