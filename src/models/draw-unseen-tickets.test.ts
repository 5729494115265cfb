import { expect, it } from 'vitest';
import { CLASSES } from './data/classes.ts';
import { drawUnseenTickets } from './draw-unseen-tickets.ts';

it('draws as many tickets of each class, other ones for every seed and the same for one', () => {
  const tickets = drawUnseenTickets(4, 2);
  for (const name of CLASSES)
    expect(tickets.filter((ticket) => ticket.class === name)).toHaveLength(30);
  expect(drawUnseenTickets(4, 2)).toEqual(tickets);
  const texts = new Set(tickets.map(({ text }) => text));
  const again = drawUnseenTickets(5, 2).filter(({ text }) => texts.has(text));
  expect(again.length).toBeLessThan(tickets.length / 4);
});
