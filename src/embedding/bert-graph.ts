import onnxProto, { type onnx } from 'onnx-proto';
import type { Tensor } from './safetensors.ts';

/** The parts of a BERT `config.json` that shape the graph. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_hidden_layers: number;
  readonly layer_norm_eps: number;
}

const { AttributeType } = onnxProto.onnx.AttributeProto;
const { DataType } = onnxProto.onnx.TensorProto;
const { ModelProto } = onnxProto.onnx;
const OPSET = 17;

/**
 * Writes Hugging Face's `BertModel` as an ONNX graph of onnxruntime's fused operators
 * (https://github.com/microsoft/onnxruntime/blob/v1.14.0/docs/ContribOperators.md):
 * `input_ids`, `attention_mask`, `token_type_ids` (int64, batch × sequence) → `last_hidden_state`
 * (float32, batch × sequence × hidden).
 * @returns the encoded `ModelProto`
 */
export function bertToOnnx(config: BertConfig, tensor: (name: string) => Tensor): Uint8Array {
  const graph = new GraphBuilder();
  let hidden = embedTokens(graph, config, tensor);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    hidden = encoderLayer(graph, config, tensor, layer, hidden);
  }
  graph.node('Identity', [hidden], ['last_hidden_state'], {}, '');
  return graph.encode(config.hidden_size);
}

function embedTokens(graph: GraphBuilder, config: BertConfig, tensor: (name: string) => Tensor): string {
  for (const input of ['input_ids', 'token_type_ids', 'attention_mask']) {
    graph.node('Cast', [input], [`${input}_32`], { to: DataType.INT32 }, '');
  }
  const weight = (name: string) => graph.weight(`embeddings.${name}`, tensor(`embeddings.${name}`));
  const inputs = [
    'input_ids_32',
    'token_type_ids_32',
    weight('word_embeddings.weight'),
    weight('position_embeddings.weight'),
    weight('token_type_embeddings.weight'),
    weight('LayerNorm.weight'),
    weight('LayerNorm.bias'),
  ];
  graph.node('EmbedLayerNormalization', inputs, ['embedded', 'unused_mask'], {
    epsilon: config.layer_norm_eps,
  });
  return 'embedded';
}

function encoderLayer(
  graph: GraphBuilder,
  config: BertConfig,
  tensor: (name: string) => Tensor,
  layer: number,
  input: string,
): string {
  const prefix = `encoder.layer.${layer}.`;
  const load = (name: string) => tensor(prefix + name);
  const weight = (name: string) => graph.weight(prefix + name, load(name));
  const linear = (name: string) => graph.weight(`${prefix}${name}.weight`, transpose(load(`${name}.weight`)));
  const node = (op: string, inputs: string[], attributes: Record<string, number> = {}) =>
    graph.node(op, inputs, [`${prefix}${op}_${graph.size}`], attributes);
  const epsilon = config.layer_norm_eps;

  const projections = ['query', 'key', 'value'].map((name) => `attention.self.${name}`);
  const qkvWeight = concatColumns(projections.map((name) => transpose(load(`${name}.weight`))));
  const qkvBias = concatColumns(projections.map((name) => asRow(load(`${name}.bias`))));
  const context = node(
    'Attention',
    [
      input,
      graph.weight(`${prefix}qkv.weight`, qkvWeight),
      graph.weight(`${prefix}qkv.bias`, { shape: [3 * config.hidden_size], values: qkvBias.values }),
      'attention_mask_32',
    ],
    { num_heads: config.num_attention_heads },
  );
  const attended = normalise(
    'attention.output',
    graph.matMul(context, linear('attention.output.dense')),
    input,
  );
  const wide = graph.matMul(attended, linear('intermediate.dense'));
  const activated = node('BiasGelu', [wide, weight('intermediate.dense.bias')]);
  return normalise('output', graph.matMul(activated, linear('output.dense')), attended);

  function normalise(part: string, projected: string, residual: string): string {
    const norm = `${part}.LayerNorm`;
    const inputs = [projected, residual, weight(`${norm}.weight`), weight(`${norm}.bias`)];
    return node('SkipLayerNormalization', [...inputs, weight(`${part}.dense.bias`)], { epsilon });
  }
}

class GraphBuilder {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #weights: onnx.ITensorProto[] = [];

  get size(): number {
    return this.#nodes.length;
  }

  weight(name: string, { shape, values }: Tensor): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#weights.push({ name, dims: [...shape], dataType: DataType.FLOAT, rawData });
    return name;
  }

  matMul(left: string, right: string): string {
    return this.node('MatMul', [left, right], [`MatMul_${this.size}`], {}, '');
  }

  /** @returns the name of the node's first output */
  node(
    opType: string,
    input: string[],
    output: [string, ...string[]],
    attributes: Readonly<Record<string, number>>,
    domain = 'com.microsoft',
  ): string {
    const attribute = Object.entries(attributes).map(([name, value]) =>
      name === 'epsilon'
        ? { name, type: AttributeType.FLOAT, f: value }
        : { name, type: AttributeType.INT, i: value },
    );
    this.#nodes.push({ opType, domain, input, output, attribute, name: `${opType}_${this.size}` });
    return output[0];
  }

  encode(hiddenSize: number): Uint8Array {
    const axes = ['batch', 'sequence'].map((dimParam) => ({ dimParam }));
    const value = (name: string, elemType: number, dim: object[]) => ({
      name,
      type: { tensorType: { elemType, shape: { dim } } },
    });
    const model = ModelProto.create({
      irVersion: 8,
      producerName: 'liaison',
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph: {
        name: 'bert',
        node: this.#nodes,
        initializer: this.#weights,
        input: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
          value(name, DataType.INT64, axes),
        ),
        output: [value('last_hidden_state', DataType.FLOAT, [...axes, { dimValue: hiddenSize }])],
      },
    });
    return ModelProto.encode(model).finish();
  }
}

function asRow({ values }: Tensor): Tensor {
  return { shape: [1, values.length], values };
}

/** A linear layer's weight is stored out × in; the graph multiplies by in × out. */
function transpose({ shape, values }: Tensor): Tensor {
  const [rows = 0, columns = 0] = shape;
  const result = new Float32Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = values[r * columns + c] ?? 0;
  }
  return { shape: [columns, rows], values: result };
}

function concatColumns(parts: readonly Tensor[]): Tensor {
  const rows = parts[0]?.shape[0] ?? 0;
  const widths = parts.map((part) => part.shape[1] ?? 0);
  const width = widths.reduce((sum, w) => sum + w, 0);
  const values = new Float32Array(rows * width);
  let offset = 0;
  parts.forEach((part, i) => {
    const columns = widths[i] ?? 0;
    for (let r = 0; r < rows; r++) {
      values.set(part.values.subarray(r * columns, (r + 1) * columns), r * width + offset);
    }
    offset += columns;
  });
  return { shape: [rows, width], values };
}
