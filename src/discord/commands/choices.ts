import type { ApplicationCommandOptionChoiceData } from 'discord.js';
import type { Seed } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { MAX_CHOICE_UNITS, MAX_CHOICES } from '../limits.ts';
import { clip } from '../markdown.ts';

/** Seeds whose title or id has what was typed; the value is the id, or the mark of one with a long id. */
export function seedChoices(seeds: readonly Seed[], typed: string): ApplicationCommandOptionChoiceData[] {
  const matching = seeds.filter(({ id, title }) => has(`${title} ${id}`, typed));
  return matching.slice(0, MAX_CHOICES).map((seed) => ({
    name: clip(seed.title, MAX_CHOICE_UNITS),
    value: seed.id.length <= MAX_CHOICE_UNITS ? seed.id : markOf(seed),
  }));
}

/** Example questions that have what was typed. */
export function questionChoices(seeds: readonly Seed[], typed: string): ApplicationCommandOptionChoiceData[] {
  const examples = new Set(seeds.flatMap((seed) => seed.examples));
  const matching = [...examples].filter((each) => each.length <= MAX_CHOICE_UNITS && has(each, typed));
  return matching.slice(0, MAX_CHOICES).map((question) => ({ name: question, value: question }));
}

/** Paragraphs of a seed whose number begins as typed, then those whose text has it. */
export function paragraphChoices(seed: Seed, typed: string): ApplicationCommandOptionChoiceData[] {
  const blocks = seed.blocks.filter(({ kind, repeated }) => kind !== 'noise' && !repeated);
  const numbered = blocks.filter(({ paragraph }) => String(paragraph).startsWith(typed.trim()));
  const worded = blocks.filter((block) => {
    return !numbered.includes(block) && has(seed.text.slice(block.start, block.end), typed);
  });
  return [...numbered, ...worded].slice(0, MAX_CHOICES).map(({ start, end, paragraph }) => ({
    name: clip(`¶${paragraph} ${seed.text.slice(start, Math.min(end, start + 200))}`, MAX_CHOICE_UNITS),
    value: paragraph,
  }));
}

function has(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}
