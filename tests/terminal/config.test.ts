import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { OperatorError } from '../../src/operator-error.ts';

function complaint(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
  return '';
}

describe('the settings', () => {
  it('all have defaults, and an empty value counts as none', () => {
    for (const env of [
      {},
      { DISCORD_TOKEN: '', EMBEDDING_MODEL: ' ', HEALTH_PORT: '', ADMIN_ROLE_IDS: '' },
    ]) {
      expect(readConfig(env)).toMatchObject({
        discordToken: undefined,
        discordApiUrl: undefined,
        model: 'all-MiniLM-L6-v2',
        healthPort: undefined,
        adminRoleIds: [],
        adminUserIds: [],
        shards: undefined,
        shard: null,
        seedUrls: [],
        watchSeeds: false,
        logLevel: 'info',
      });
    }
  });

  it('pass nothing secret on to the process of the model', () => {
    const env = {
      DISCORD_TOKEN: 'MTA.Gx',
      HEALTH_PORT: '8080',
      OTHER_SECRET: 'x',
      PATH: '/bin',
      HF_TOKEN: 'hf',
    };
    expect(readConfig(env).modelEnvironment).toEqual({ PATH: '/bin', HF_TOKEN: 'hf' });
  });

  it('are read whole', () => {
    expect(
      readConfig({
        DISCORD_TOKEN: ' MTA.Gx-y.z_1 ',
        DISCORD_API_URL: 'http://localhost:4000/api',
        EMBEDDING_MODEL: 'Xenova/paraphrase-multilingual-MiniLM-L12-v2',
        HEALTH_PORT: '8080',
        ADMIN_ROLE_IDS: '123456789012345678, 223456789012345678',
        SHARDS: '4',
        SEED_URLS: 'https://example.org/news/, https://example.com:8443/',
        WATCH_SEEDS: '1',
        LOG_LEVEL: 'debug',
      }),
    ).toMatchObject({
      discordToken: 'MTA.Gx-y.z_1',
      discordApiUrl: 'http://localhost:4000/api',
      model: 'Xenova/paraphrase-multilingual-MiniLM-L12-v2',
      healthPort: 8080,
      adminRoleIds: ['123456789012345678', '223456789012345678'],
      shards: 4,
      seedUrls: ['https://example.org/news/', 'https://example.com:8443/'],
      watchSeeds: true,
      logLevel: 'debug',
    });
  });

  it('are all named in one line when they are wrong, and none of their values is repeated', () => {
    const secret = 'Bot s3cret token';
    const message = complaint({
      DISCORD_TOKEN: secret,
      DISCORD_API_URL: 'ftp://x',
      HEALTH_PORT: '70000',
      ADMIN_USER_IDS: 'me',
      SHARDS: 'many',
      LOG_LEVEL: 'loud',
    });
    const names = [
      'DISCORD_TOKEN',
      'DISCORD_API_URL',
      'HEALTH_PORT',
      'ADMIN_USER_IDS',
      'SHARDS',
      'LOG_LEVEL',
    ];
    for (const name of names) expect(message).toContain(name);
    for (const value of ['s3cret', 'ftp', '70000', 'many', 'loud', '\n'])
      expect(message).not.toContain(value);
  });

  it.each([
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['discord_token', 'DISCORD_TOKEN'],
    ['DICSORD_TOKEN', 'DISCORD_TOKEN'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['ADMIN_USER_ID', 'ADMIN_USER_IDS'],
  ])('tell a misspelt %s from what is meant', (name, meant) => {
    expect(complaint({ [name]: 's3cret' })).toContain(`${name} is no setting, ${meant} is`);
    expect(complaint({ [name]: 's3cret' })).not.toContain('s3cret');
  });

  it('leave the names of others alone', () => {
    expect(
      complaint({ NO_COLOR: '1', PORT: '80', DISCORD_CLIENT_ID: '1', NODE_OPTIONS: 'x', TZ: 'UTC' }),
    ).toBe('');
  });

  it('tell a shard which one it is, by the names that discord.js gives it', () => {
    const shard = readConfig({ SHARDING_MANAGER: 'true', SHARDS: '0', SHARD_COUNT: '4' });
    expect(shard).toMatchObject({ shards: undefined, shard: { index: 0, count: 4 } });
    expect(readConfig({ SHARDS: 'auto' }).shards).toBe('auto');
    for (const wrong of ['0', '-1', '1.5', '10000']) expect(complaint({ SHARDS: wrong })).toContain('SHARDS');
  });

  it('take a folder for a model from where the project is', () => {
    expect(readConfig({ EMBEDDING_MODEL: './models/mine' }).model).toBe(path.resolve('models/mine'));
    expect(readConfig({ EMBEDDING_MODEL: 'tests' }).model).toBe(path.resolve('tests'));
  });

  it('count relative folders from where npm was called', () => {
    expect(readConfig({ INIT_CWD: '/somewhere' }).calledFrom).toBe('/somewhere');
    expect(readConfig({}).calledFrom).toBe(process.cwd());
  });
});
