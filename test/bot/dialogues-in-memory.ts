// Conversations and choices in memory, copied in and out as the file's are.

import type { Dialogues, People, PromptPlace, UpdateJournal } from '../../src/app/chat-memory.ts';
import type { Language } from '../../src/domain/order.ts';
import type { HandClock } from '../app/in-memory.ts';

export interface MemoryDialogues extends Dialogues, UpdateJournal {
  /** What is kept under a key, for a look from outside. */
  readonly kept: ReadonlyMap<string, unknown>;
}

export function memoryDialogues(clock: HandClock): MemoryDialogues {
  const kept = new Map<string, unknown>();
  const touched = new Map<string, number>();
  const prompts = new Map<string, PromptPlace>();
  const handled = new Set<number>();
  let unfinished: readonly unknown[] = [];
  return {
    kept,
    read: (key) => structuredClone(kept.get(key)),
    write: (key, state, updateId) => {
      kept.set(key, structuredClone(state));
      touched.set(key, clock.now());
      handled.add(updateId);
      return Promise.resolve();
    },
    delete: (key, updateId) => {
      kept.delete(key);
      touched.delete(key);
      prompts.delete(key);
      if (updateId !== undefined) handled.add(updateId);
      return Promise.resolve();
    },
    handled: (updateId) => handled.has(updateId),
    markHandled: (updateId) => {
      handled.add(updateId);
      return Promise.resolve();
    },
    prompt: (key) => prompts.get(key),
    setPrompt: (key, place) => void prompts.set(key, place),
    touchedAt: (key) => touched.get(key),
    idle: (before) => Promise.resolve([...touched].filter(([, at]) => at < before).map(([key]) => key)),
    unfinished: () => unfinished,
    setUnfinished: (updates) => {
      unfinished = updates;
      return Promise.resolve();
    },
  };
}

export function memoryPeople(): People {
  const languages = new Map<number, Language>();
  const heard = new Map<number, Language>();
  return {
    heard: (person) => heard.get(person),
    hear: (person, language) => {
      heard.set(person, language);
      return Promise.resolve();
    },
    language: (person) => languages.get(person),
    setLanguage: (person, language) => {
      languages.set(person, language);
      return Promise.resolve();
    },
  };
}
