import type { Hold, Lab, Program, Proxy } from '../../../src/kata/index.js';
import { payment, type Scene } from '../contract.js';
import type { SceneNote } from '../notes.js';
import type { Till } from './requests.js';

/** A program that takes payments, and the way to it on which things get lost. */
export interface Shop {
  readonly program: Program;
  /** Before the program: what its clients send and hear goes through it. */
  readonly network: Proxy;
  /** Before the database: what the program asks and hears goes through it. */
  readonly cable: Proxy;
}

export function noteScene(lab: Lab, scene: Scene, met: boolean): void {
  lab.note('scene', { scene, met } satisfies SceneNote);
}

/** The program has done its work and answered; the client never hears of it, and asks again. */
export async function loseTheResponse(lab: Lab, till: Till, { program, network }: Shop) {
  const asked = payment('response-lost');
  const hold = network.hold('to-client');
  const lost = lab.oneByOne(network, [till.pay(asked)]);
  const reached = await isHeld(lab, hold, lost);
  hold.cut('rst');
  await lost;
  noteScene(lab, 'response-lost', reached);
  await lab.oneByOne(program, [till.pay(asked), till.pay(asked)]);
}

/** The program never hears of the first request. */
export async function loseTheRequest(lab: Lab, till: Till, { program, network }: Shop) {
  const asked = payment('request-lost');
  const hold = network.hold('to-server');
  const lost = lab.oneByOne(network, [till.pay(asked)]);
  const reached = await isHeld(lab, hold, lost);
  hold.cut('rst');
  await lost;
  noteScene(lab, 'request-lost', reached);
  await lab.oneByOne(program, [till.pay(asked), till.pay(asked)]);
}

/** The answer is still on its way when the client asks again; in the end it hears both. */
export async function beSlow(lab: Lab, till: Till, { program, network }: Shop) {
  const asked = payment('slow');
  const hold = network.hold('to-client');
  const slow = lab.oneByOne(network, [till.pay(asked)]);
  const reached = await isHeld(lab, hold, slow);
  await lab.oneByOne(program, [till.pay(asked, { process: 1 })]);
  hold.release();
  await slow;
  noteScene(lab, 'slow', reached);
}

/** False as soon as the request was answered instead. */
export async function isHeld(lab: Lab, hold: Hold, request: Promise<unknown>): Promise<boolean> {
  const held = await beforeTheAnswer(lab, request, () => hold.held > 0);
  return held && hold.reached();
}

/** Waits for what should come of a request; a program that answers without it is not waited for. */
export async function beforeTheAnswer(
  lab: Lab,
  request: Promise<unknown>,
  comes: () => boolean | Promise<boolean>,
): Promise<boolean> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  request.then(over, over);
  const end = await lab.until('a request comes to where it is held', async () => {
    if (await comes()) return 'there';
    return isOver && 'answered';
  });
  return end === 'there';
}
