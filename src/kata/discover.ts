import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes, PlanError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { packageRoot } from '../base/package.js';
import { typed } from '../base/words.js';
import { kataTexts } from '../i18n/kata.js';
import { texts } from '../i18n/text.js';
import type { Kata } from './define.js';

export interface KataOnDisk {
  readonly kata: Kata;
  /** Absolute: schema.sql, briefs and the implementations of each language are in it. */
  readonly folder: string;
  /** Of a kata from outside what to type for it: `./lost-likes`. The lab's own go by their ids. */
  readonly word?: string;
}

/** What to type after `plan run` or `plan show`, as a shell takes it. */
export function wordFor({ kata, word }: KataOnDisk): string {
  return typed([word ?? kata.id]);
}

/** Every kata of the lab, in the order of their numbers. */
export function listKatas(): Promise<KataOnDisk[]> {
  const folders = listedFolders().sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(folders.map(load));
}

/** Those that no list shows, too: for whoever looks through runs. */
export function everyKata(): Promise<KataOnDisk[]> {
  return Promise.all(kataFolders().map(load));
}

/** @throws PlanError `unknown-kata` with the nearest id */
export async function findKata(id: string): Promise<KataOnDisk> {
  const folder = folderOf(id);
  if (folder !== undefined) return load(folder);
  const t = texts(kataTexts);
  // Another number is another kata, and no mistyped one.
  const near = /^kata-\d+$/.test(wantedBy(id)) ? undefined : nearest(wantedBy(id), kataIds());
  throw new PlanError({
    code: 'unknown-kata',
    exit: exitCodes.usage,
    what: t.unknownKata(id),
    mend: near === undefined ? t.seeList : t.didYouMean(near),
  });
}

/** Whether `findKata` finds one; loads none. */
export function hasKata(id: string): boolean {
  return folderOf(id) !== undefined;
}

/** A name that no kata from outside may have: `kata-` and a number, or that of a kata of the lab. */
export function isOfTheLab(id: string): boolean {
  return /^kata-\d+$/.test(id) || kataFolders().map(idOf).includes(id);
}

/** `kata-4` of each kata of the lab; loads none of them. */
export function kataIds(): string[] {
  return listedFolders().map(idOf);
}

function folderOf(id: string): string | undefined {
  const wanted = wantedBy(id);
  return kataFolders().find((name) => name === wanted || idOf(name) === wanted);
}

/** `4` → `kata-4` */
function wantedBy(id: string): string {
  return id.toLowerCase().replace(/^(\d+)$/, 'kata-$1');
}

function kataFolders(): string[] {
  const katas = path.join(packageRoot, 'katas');
  return readdirSync(katas).filter((name) => existsSync(path.join(katas, name, 'kata.ts')));
}

/** Played by commands of their own: `findKata` finds them, for a run of theirs; no list shows them. */
const unlisted = new Set(['mystery']);

function listedFolders(): string[] {
  return kataFolders().filter((name) => !unlisted.has(name));
}

/** `kata-4-over-selling` → `kata-4` */
function idOf(folder: string): string {
  return /^kata-\d+/.exec(folder)?.[0] ?? folder;
}

async function load(name: string): Promise<KataOnDisk> {
  const module = path.join(packageRoot, 'dist', 'katas', name, 'kata.js');
  const loaded = (await import(pathToFileURL(module).href)) as { kata: Kata };
  return { kata: loaded.kata, folder: path.join(packageRoot, 'katas', name) };
}
