/**
 * The description of the API (OpenAPI 3.1), made from the same route tables and Joi shapes that serve it, so it
 * cannot say anything that is not so. Joi prints the JSON Schemas itself.
 */
import { allProblems } from '../problems';
import type { Joi } from '../shape';
import { statusOf } from './problems';
import type { Route } from './routes';

interface JsonSchema {
  properties?: Record<string, JsonSchema & { description?: string }>;
  required?: string[];
  [key: string]: unknown;
}

type Direction = 'input' | 'output';

/** Joi 18 implements Standard JSON Schema; its typings do not say so yet. */
interface StandardJsonSchema {
  '~standard': { jsonSchema: Record<Direction, (options: { target: string }) => JsonSchema> };
}

function jsonSchema(schema: Joi.Schema, direction: Direction): JsonSchema {
  const standard = schema as unknown as StandardJsonSchema;
  return standard['~standard'].jsonSchema[direction]({ target: 'draft-2020-12' });
}

const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'advice', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: '稳定的错误代码 / stable code' },
    detail: { type: 'string' },
    advice: { type: 'string' },
    instance: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: {
          field: { type: 'string' },
          reason: { type: 'string' },
          row: { type: 'integer' },
        },
      },
    },
  },
};

const problemAnswer = {
  description: '办理未成，见 code 与 advice / refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const ANY_FILE = { '*/*': { schema: { type: 'string', format: 'binary' } } };

const FILE_ANSWER = { description: '文件内容 / the file', content: ANY_FILE };

function operation(route: Route): object {
  const declared = 'query' in route ? route.query : route.act;
  const input = jsonSchema(declared.input, 'input');
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name));
  const required = (input.required ?? []).filter((name) => !inPath.includes(name));
  const parameter = (name: string, where: string, needed: boolean) => {
    const { description, ...schema } = input.properties?.[name] ?? { type: 'string' };
    return { name, in: where, required: needed, description, schema };
  };
  const answer = jsonSchema(declared.answer, 'output');
  const pathParameters = inPath.map((name) => parameter(name, 'path', true));
  const common = {
    operationId: declared.name,
    summary: declared.title,
    description: `权限 / permission: \`${declared.permission}\``,
    tags: [declared.name.split('.')[0]],
  };
  const answers = (status: number) => ({
    [status]: { description: '成功 / done', content: { 'application/json': { schema: answer } } },
    default: problemAnswer,
  });
  if ('parts' in route) {
    return {
      ...common,
      parameters: pathParameters,
      responses: { 200: FILE_ANSWER, default: problemAnswer },
    };
  }
  if (route.method === 'get') {
    const query = rest.map(([name]) => parameter(name, 'query', required.includes(name)));
    return { ...common, parameters: [...pathParameters, ...query], responses: answers(200) };
  }
  if (route.takesFile) {
    const query = rest
      .filter(([name]) => name !== 'file' && name !== 'type')
      .map(([name]) => parameter(name, 'query', required.includes(name)));
    return {
      ...common,
      parameters: [...pathParameters, ...query, ...writeParameters],
      requestBody: { required: true, content: ANY_FILE },
      responses: answers(route.status),
    };
  }
  const schema = { ...input, properties: Object.fromEntries(rest), required };
  return {
    ...common,
    parameters: [...pathParameters, ...(route.session ? [] : writeParameters)],
    requestBody: { required: rest.length > 0, content: { 'application/json': { schema } } },
    responses: answers(route.status),
  };
}

const writeParameters = [
  { $ref: '#/components/parameters/IdempotencyKey' },
  { $ref: '#/components/parameters/DryRun' },
  { $ref: '#/components/parameters/CsrfToken' },
];

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: '请求标识，重试时用同一个 / the same for a retry',
    schema: { type: 'string', minLength: 8, maxLength: 100 },
  },
  DryRun: {
    name: 'dryRun',
    in: 'query',
    required: false,
    description: '试办：走完全程后撤回 / run and roll back',
    schema: { type: 'boolean', default: false },
  },
  CsrfToken: {
    name: 'X-CSRF-Token',
    in: 'header',
    required: false,
    description: '浏览器会话写入时必填 / needed with a session cookie',
    schema: { type: 'string' },
  },
};

/** The whole description, as plain JSON. */
export function openApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  const codes = [...allProblems()].map(
    ([code, { kind, title }]) => `* \`${code}\` (${statusOf(kind)}) ${title}`,
  );
  return {
    openapi: '3.1.0',
    info: {
      title: '信扶 Xinfu API',
      version,
      description:
        '扶贫小额信贷业务接口。写入须带 Idempotency-Key；错误代码见 Problem。/ ' +
        'Writes carry an Idempotency-Key; the problem codes stand in the schema Problem.',
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { bearer: [] }],
    paths,
    components: {
      schemas: { Problem: { ...PROBLEM, description: codes.join('\n') } },
      parameters: PARAMETERS,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'xinfu_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
