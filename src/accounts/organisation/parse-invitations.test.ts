import { describe, expect, it } from 'vitest';
import { parseInvitations, type InvitationRules } from './parse-invitations.ts';

const rules: InvitationRules = {
  teams: [{ id: 't1', name: 'Platform' }],
  taken: new Map([['ada@example.org', 'is a member already']]),
  findFault: ({ role }) => (role === 'admin' ? { message: 'ask an admin.' } : null),
};

const read = (text: string) => parseInvitations(text, rules);
const linesOf = (text: string) => read(text).problems.map(({ line, found }) => [line, found]);

describe('a table of invitations', () => {
  it('may have a heading in any order, a byte order mark, semicolons, tabs, quotes and empty lines', () => {
    const bea = { email: 'bea@example.org', role: 'manager', team: 't1' };
    for (const text of [
      'bea@example.org,manager,Platform',
      '\uFEFFTeam;E-Mail;Role\r\nplatform;Bea@Example.org;Manager\r\n\r\n',
      'email\trole\tteam\n\n"bea@example.org"\tmanager\t"Platform"',
    ])
      expect(read(text)).toEqual({ good: [bea], problems: [] });
    expect(read('bea@example.org').good).toEqual([
      { email: 'bea@example.org', role: 'learner', team: null },
    ]);
  });

  it('names every bad row with its line and keeps the good ones', () => {
    const text = `email,role,team
bea@example.org,learner,Platform
bad
ada@example.org

carl@example.org,boss
dora@example.org,learner,Nowhere
BEA@example.org
,learner
eve@example.org,admin
fred@example.org`;
    expect(linesOf(text)).toEqual([
      [3, '"bad" is not an e-mail address'],
      [4, 'ada@example.org is a member already'],
      [6, '"boss" is not a role'],
      [7, 'there is no team "Nowhere" that you manage'],
      [8, 'bea@example.org is on line 2 too'],
      [9, 'the address is missing'],
      [10, 'eve@example.org cannot be invited like this'],
    ]);
    expect(read(text).good.map(({ email }) => email)).toEqual([
      'bea@example.org',
      'fred@example.org',
    ]);
    expect(read(text).problems.every(({ repair }) => repair.length > 5)).toBe(true);
  });

  it('lets a stray quotation mark spoil no line but its own', () => {
    const text = `email,role,team
bea@example.org,learner,"Platform"
"Jo" <jo@example.org>
"carl@example.org,learner
dora@example.org,"learner" x
not-an-address
fred@example.org`;
    const stray = 'a quotation mark is not closed, or stands inside a value';
    expect(linesOf(text)).toEqual([
      [3, stray],
      [4, stray],
      [5, stray],
      [6, '"not-an-address" is not an e-mail address'],
    ]);
    expect(read(text).good.map(({ email }) => email)).toEqual([
      'bea@example.org',
      'fred@example.org',
    ]);
    expect(linesOf('"Jo" <jo@example.org>')).toEqual([[1, stray]]);
  });

  it('says what is wrong with the whole: an unknown column, nothing, too much', () => {
    expect(linesOf('email,phone\nbea@example.org,1')).toEqual([
      [1, 'the column "phone" is not known'],
    ]);
    expect(linesOf('email,role\n')).toEqual([[1, 'there are no rows']]);
    const many = Array.from({ length: 1001 }, (_, index) => `p${index}@example.org`).join('\n');
    expect(linesOf(many)).toEqual([[1001, 'there are 1001 rows']]);
  });

  it('calls what is no text no address', () => {
    expect(read('PK\u0003\u0004\uFFFD').problems).toHaveLength(1);
  });
});
