// docker-compose.yml and .env.example, as far as they can be checked without a Docker engine: the published schema, and that they name what is there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/root.ts';

const root = projectRoot();
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** Anchors merged, as compose reads it. */
const compose = parse(read('docker-compose.yml'), { merge: true });
const variables = new Set([...read('src/config.ts').matchAll(/read\(\s*'([A-Z_]+)'/g)].map(([, name]) => name));

const sourceOf = (script: string) => script.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** check-jsonschema brings the schema that the Compose Specification publishes. */
function checker(): string {
  const folder = join(root, 'node_modules', '.cache', 'apprentice', 'check-jsonschema-0.39.0');
  const program = join(folder, 'bin', 'check-jsonschema');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', 'check-jsonschema==0.39.0'], { stdio: 'pipe' });
  }
  return program;
}

describe('docker-compose.yml', () => {
  it('is what the Compose Specification allows, and the schema would say if it were not', () => {
    const check = (file: string) =>
      execFileSync(checker(), ['--builtin-schema', 'vendor.compose-spec', file], { cwd: root, stdio: 'pipe' });
    expect(String(check('docker-compose.yml'))).toMatch(/ok/);
    expect(() => check('package.json')).toThrow();
  });

  it('starts programs that are built, from stages that the Dockerfile has', () => {
    const stages = [...read('Dockerfile').matchAll(/^FROM \S+ AS (\S+)/gm)].map(([, name]) => name);
    for (const [name, service] of Object.entries<{ build?: { target: string }; command?: string[] }>(compose.services)) {
      if (!service.build) continue;
      expect(stages, name).toContain(service.build.target);
      const source = sourceOf(service.command![1]);
      expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  it('looks after the health of every service, ours by what is built', () => {
    for (const [name, { healthcheck }] of Object.entries<{ healthcheck?: { test: string[] } }>(compose.services)) {
      expect(healthcheck?.test, name).toBeDefined();
      const [, program, script] = healthcheck!.test;
      if (program === 'node' && script !== '-e') expect(existsSync(join(root, sourceOf(script))), script).toBe(true);
    }
    expect(compose.services.worker.healthcheck).toEqual(compose.services['torch-worker'].healthcheck);
  });

  it('sets only variables that the program reads, and waits for databases that are well', () => {
    for (const name of ['bot', 'worker', 'torch-worker']) {
      const service = compose.services[name];
      for (const variable of Object.keys(service.environment)) expect(variables, variable).toContain(variable);
      for (const [on, { condition }] of Object.entries<{ condition: string }>(service.depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(compose.services[on].healthcheck).toBeDefined();
      }
    }
    expect(compose.services.redis.command.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('.env.example', () => {
  const text = read('.env.example');
  const named = new Set([...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name));
  const ofCompose = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
  /** LANG is the machine's own. */
  const ours = [...variables, ...[...read('src/config.ts').matchAll(/env\.([A-Z_]+)/g)].map(([, name]) => name)].filter(
    name => name !== 'LANG',
  );

  it('names every variable that the program or docker compose reads, and no other', () => {
    expect(ours).toContain('LANGUAGE');
    expect([...named].sort()).toEqual([...new Set([...ours, ...ofCompose])].sort());
  });

  it('explains each above it, alone or with those that it stands among', () => {
    const lines = text.split('\n');
    for (const name of named) {
      let at = lines.findIndex(line => new RegExp(`^#?${name}=`).test(line));
      while (/^#?[A-Z_]+=/.test(lines[at])) at--;
      expect(lines[at], name).toMatch(/^# (?!---)\S/);
    }
  });

  it('with what it shows as an example the program can be configured', () => {
    const host = (address: string) => address.replace(/PASSWORD@HOST|HOST/, 'x@localhost');
    const env: Record<string, string> = { PORT: '4310' };
    for (const [, name, value] of text.matchAll(/^#?([A-Z_]+)=(.+)$/gm))
      env[name] = /^(DATABASE|REDIS)_URL$/.test(name) ? host(value) : value;
    env.FEISHU_APP_ID += '0123456789abcdef';
    expect(env.DATABASE_URL).toContain('localhost');
    expect(() => readConfig(env)).not.toThrow();
  });
});
