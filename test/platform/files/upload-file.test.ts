/** A file is taken in whole and once, from whoever may, or nothing of it is left. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import request from 'supertest';
import { MAX_UPLOAD_BYTES } from '../../../src/platform/files/file';
import { describeEachDatabase } from '../../support/databases';
import { type Archive, NAMED, openFiles } from './archive';

const LIST = Buffer.from('姓名,身份证号\n张三,450328196001010000\n');
const sm3 = (content: Buffer) => createHash('sm3').update(content).digest('hex');
const spools = () => readdirSync(tmpdir()).filter((name) => /^xinfu-\w{6}$/.test(name));

describeEachDatabase('Uploading a file', (open) => {
  let files: Archive;
  beforeAll(async () => {
    files = await openFiles(open);
  });
  afterAll(() => files.county.close());

  const state = () =>
    files.county.snapshot('stored_file', 'stored_file_part', 'idempotency', 'audit_entry');

  test('gives its id, size and digest, and the audit tells who it was, without its content', async () => {
    const { status, body } = await files.upload('officer').send(LIST.toString());
    expect(status).toBe(201);
    expect(body).toEqual({
      fileId: expect.stringMatching(/^\w{26}$/),
      name: '名单.csv',
      bytes: LIST.length,
      digest: sm3(LIST),
    });
    const row = await files.county.platform.db
      .reader()
      .one('SELECT * FROM stored_file WHERE id = :id', { id: body.fileId });
    expect(row).toMatchObject({
      type: 'text/csv',
      purpose: 'households-import',
      region_code: '450328000000',
      made_by: files.cast.officer.id,
      expires_on: '2018-03-31',
      state: 'kept',
      parts: 1,
    });
    expect(await state()).not.toContain('张三');
  });

  test('with the same key and content gives the first answer; with other content it is refused', async () => {
    const send = (content: string, key = 'one-and-the-same') =>
      files.upload('officer').set('Idempotency-Key', key).send(content);
    const first = await send('a,b');
    const again = await send('a,b');
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await send('a,c');
    expect([other.status, other.body.code]).toEqual([422, 'platform.key-reused']);
  });

  test('tried dry, keeps nothing', async () => {
    const before = await state();
    await files
      .upload('officer', { ...NAMED, dryRun: 'true' })
      .send('a,b')
      .expect(201);
    expect(await state()).toBe(before);
  });

  test.each<[string, (files: Archive) => request.Test, number, string]>([
    ['somebody without the right', (f) => f.upload('reader').send('a'), 403, 'not-permitted'],
    ['nobody', (f) => f.upload('officer').unset('Authorization').send('a'), 401, 'not-signed-in'],
    ['no key', (f) => f.upload('officer').unset('Idempotency-Key').send('a'), 400, 'key-missing'],
    ['no content', (f) => f.upload('officer').send(''), 400, 'file-empty'],
    ['no name', (f) => f.upload('officer', { purpose: 'a' }).send('a'), 400, 'invalid-input'],
    [
      'an odd purpose',
      (f) => f.upload('officer', { name: 'a', purpose: 'A b' }).send('a'),
      400,
      'invalid-input',
    ],
    [
      'an unknown field',
      (f) => f.upload('officer', { ...NAMED, x: '1' }).send('a'),
      400,
      'invalid-input',
    ],
    [
      'the file in the address',
      (f) => f.upload('officer', { ...NAMED, file: 'x' }).send('a'),
      400,
      'invalid-input',
    ],
    [
      'a packed body',
      (f) => f.upload('officer').set('Content-Encoding', 'gzip').send('a'),
      400,
      'wrong-content-type',
    ],
    [
      'a cookie without the CSRF token',
      (f) =>
        f
          .upload('officer')
          .unset('Authorization')
          .set('Cookie', 'xinfu_session=officer-cookie')
          .send('a'),
      403,
      'forged-request',
    ],
  ])('with %s is refused and keeps nothing', async (_what, send, status, code) => {
    const kept = () => files.county.snapshot('stored_file', 'stored_file_part', 'idempotency');
    const before = await kept();
    const response = await send(files);
    expect([response.status, response.body.code]).toEqual([status, `platform.${code}`]);
    expect(await kept()).toBe(before);
    expect(spools()).toEqual([]);
  });

  test.each([
    ['says so beforehand', (test: request.Test) => test.send(Buffer.alloc(MAX_UPLOAD_BYTES + 1))],
    [
      'turns out so',
      (test: request.Test) => {
        test.set('Transfer-Encoding', 'chunked');
        for (let sent = 0; sent <= MAX_UPLOAD_BYTES; sent += 4_000_000) {
          test.write(Buffer.alloc(4_000_000) as unknown as string);
        }
        return test;
      },
    ],
  ])('that is too large and %s is refused with 413', async (_how, send) => {
    const before = await state();
    const response = await send(files.upload('officer'));
    expect([response.status, response.body.code]).toEqual([413, 'platform.file-too-large']);
    expect(await state()).toBe(before);
  });

  test('broken off in the middle keeps nothing and harms nobody', async () => {
    const before = await state();
    const server = files.app.listen(0);
    const { port } = server.address() as AddressInfo;
    const client = connect(port);
    client.write(
      `POST /api/v1/files?name=a&purpose=b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n${'Authorization: Bearer officer-token-000000\r\nIdempotency-Key: broken-off-1\r\n\r\n'}half`,
    );
    await new Promise((resolve) => server.once('request', resolve));
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
    expect(await state()).toBe(before);
    await files.upload('officer').send('a,b').expect(201);
    expect(spools()).toEqual([]);
  });

  test('and fetching it are described: a body of any type, fields in the address', async () => {
    const { body } = await request(files.app).get('/api/openapi.json').expect(200);
    const { post } = body.paths['/api/v1/files'];
    expect(post.requestBody.content['*/*'].schema.format).toBe('binary');
    const named = post.parameters.flatMap((one: { in?: string; name?: string }) =>
      one.in === 'query' ? [one.name] : [],
    );
    expect(named).toEqual(['name', 'purpose']);
    const { get } = body.paths['/api/v1/files/{fileId}/content'];
    expect(get.responses['200'].content['*/*'].schema.format).toBe('binary');
  });
});
