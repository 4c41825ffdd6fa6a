import { GraphBuilder } from './graph-builder.ts';
import { type Quantised, quantiseColumns, quantiseEachRow } from './quantise.ts';
import type { Tensor } from './safetensors.ts';

/** The parts of a BERT `config.json` that shape the graph. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_hidden_layers: number;
  readonly layer_norm_eps: number;
}

/** How the graph holds its matrices and multiplies by them. */
export type Precision = 'fp32' | 'int8';

type TensorOf = (name: string) => Tensor;

/**
 * Of a weight in the int8 graph. Seven bits and not eight: processors without VNNI add two products of a byte and a
 * weight in 16 bits, which must not overflow (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html,
 * "reduce_range"). A vector is then the same on all of them.
 */
const LARGEST_WEIGHT = 63;
/** onnx.TensorProto.DataType of what `Cast` makes. */
const FLOAT = 1;
const INT32 = 6;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/**
 * Writes Hugging Face's `BertModel` as an ONNX graph of onnxruntime's fused operators
 * (https://github.com/microsoft/onnxruntime/blob/v1.14.0/docs/ContribOperators.md):
 * `input_ids`, `attention_mask`, `token_type_ids` (int64, batch × sequence) → `last_hidden_state`
 * (float32, batch × sequence × hidden).
 *
 * In int8 the weights are whole numbers with a scale for each column (of the word embeddings: for each row), and what
 * they are multiplied by is rounded to bytes at every product: with a scale for each word piece in the feed-forward
 * layers, whose numbers differ most, and else with one for all that goes through the model at once. So a text's vector
 * depends a little on what goes through with it.
 * @returns the encoded `ModelProto`
 */
export function bertToOnnx(config: BertConfig, tensor: TensorOf, precision: Precision): Uint8Array {
  const graph = new BertGraph(config, tensor, precision);
  let hidden = graph.embedTokens();
  for (let layer = 0; layer < config.num_hidden_layers; layer++) hidden = graph.encoderLayer(layer, hidden);
  return graph.encode(hidden);
}

class BertGraph {
  readonly #graph = new GraphBuilder();
  readonly #config: BertConfig;
  readonly #tensor: TensorOf;
  readonly #isInt8: boolean;
  readonly #mask: string;

  constructor(config: BertConfig, tensor: TensorOf, precision: Precision) {
    this.#config = config;
    this.#tensor = tensor;
    this.#isInt8 = precision === 'int8';
    this.#mask = this.#graph.node('Cast', ['attention_mask'], { to: INT32 });
  }

  encode(hidden: string): Uint8Array {
    return this.#graph.encode(INPUTS, hidden, this.#config.hidden_size);
  }

  embedTokens(): string {
    return this.#isInt8 ? this.#embedRounded() : this.#embed();
  }

  #embed(): string {
    const ids = ['input_ids', 'token_type_ids'].map((name) =>
      this.#graph.node('Cast', [name], { to: INT32 }),
    );
    const tables = ['word', 'position', 'token_type'].map((kind) => this.#table(kind));
    const inputs = [...ids, ...tables, ...this.#layerNorm('embeddings.LayerNorm')];
    const [embedded = ''] = this.#graph.nodeOf(
      'EmbedLayerNormalization',
      2,
      inputs,
      { epsilon: this.#config.layer_norm_eps },
      'com.microsoft',
    );
    return embedded;
  }

  /** The word embeddings are half of the model. */
  #embedRounded(): string {
    const graph = this.#graph;
    const words = quantiseEachRow(this.#tensor('embeddings.word_embeddings.weight'), LARGEST_WEIGHT);
    const [table, scales] = this.#rounded('embeddings.word_embeddings.weight', words);
    const rounded = graph.node('Cast', [graph.node('Gather', [table, 'input_ids'])], { to: FLOAT });
    const word = graph.node('Mul', [rounded, graph.node('Gather', [scales, 'input_ids'])]);
    const constant = (name: string, number: bigint) =>
      graph.weight(name, { shape: [1], values: BigInt64Array.of(number) });
    const length = graph.node('Shape', ['input_ids'], { start: 1 });
    const zero = constant('zero', 0n);
    const position = graph.node('Slice', [this.#table('position'), zero, length, zero]);
    const type = graph.node('Gather', [this.#table('token_type'), 'token_type_ids']);
    const sum = graph.node('Add', [graph.node('Add', [word, position]), type]);
    const normed = [sum, ...this.#layerNorm('embeddings.LayerNorm')];
    return graph.node('LayerNormalization', normed, { axis: -1, epsilon: this.#config.layer_norm_eps });
  }

  encoderLayer(layer: number, input: string): string {
    const prefix = `encoder.layer.${layer}`;
    const context = this.#attention(`${prefix}.attention.self`, input);
    const projected = this.#product(context, `${prefix}.attention.output.dense`);
    const attended = this.#addAndNormalise(`${prefix}.attention.output`, projected, input);
    const wide = this.#productByRow(attended, `${prefix}.intermediate.dense`);
    const bias = this.#weight(`${prefix}.intermediate.dense.bias`);
    const activated = this.#graph.node('BiasGelu', [wide, bias], {}, 'com.microsoft');
    const narrow = this.#productByRow(activated, `${prefix}.output.dense`);
    return this.#addAndNormalise(`${prefix}.output`, narrow, attended);
  }

  #attention(prefix: string, input: string): string {
    const projections = ['query', 'key', 'value'].map((name) => `${prefix}.${name}`);
    const weight = concatColumns(projections.map((name) => transpose(this.#tensor(`${name}.weight`))));
    const biases = concatColumns(projections.map((name) => asRow(this.#tensor(`${name}.bias`))));
    const bias = this.#graph.weight(`${prefix}.bias`, {
      shape: biases.shape.slice(1),
      values: biases.values,
    });
    const heads = { num_heads: this.#config.num_attention_heads };
    if (!this.#isInt8) {
      const inputs = [input, this.#graph.weight(`${prefix}.weight`, weight), bias, this.#mask];
      return this.#graph.node('Attention', inputs, heads, 'com.microsoft');
    }
    const [rounded = '', scale = '', zero = ''] = this.#graph.nodeOf('DynamicQuantizeLinear', 3, [input]);
    const [values, scales] = this.#rounded(`${prefix}.weight`, quantiseColumns(weight, LARGEST_WEIGHT));
    const inputs = [rounded, values, bias, scale, scales, this.#mask, zero];
    return this.#graph.node('QAttention', inputs, heads, 'com.microsoft');
  }

  /** Without the bias, which the node after it adds. */
  #product(input: string, layer: string): string {
    const weight = transpose(this.#tensor(`${layer}.weight`));
    if (!this.#isInt8)
      return this.#graph.node('MatMul', [input, this.#graph.weight(`${layer}.weight`, weight)]);
    const rounded = this.#rounded(`${layer}.weight`, quantiseColumns(weight, LARGEST_WEIGHT));
    return this.#graph.node('DynamicQuantizeMatMul', [input, ...rounded], {}, 'com.microsoft');
  }

  /** The same; in int8 each row is brought to ±1 before it is rounded, and back after the product. */
  #productByRow(input: string, layer: string): string {
    if (!this.#isInt8) return this.#product(input, layer);
    const largest = this.#graph.node('ReduceMax', [this.#graph.node('Abs', [input])], { axes: [-1] });
    const product = this.#product(this.#graph.node('Div', [input, largest]), layer);
    return this.#graph.node('Mul', [product, largest]);
  }

  #addAndNormalise(part: string, projected: string, residual: string): string {
    const bias = this.#weight(`${part}.dense.bias`);
    const inputs = [projected, residual, ...this.#layerNorm(`${part}.LayerNorm`), bias];
    const epsilon = this.#config.layer_norm_eps;
    return this.#graph.node('SkipLayerNormalization', inputs, { epsilon }, 'com.microsoft');
  }

  #layerNorm(name: string): string[] {
    return [this.#weight(`${name}.weight`), this.#weight(`${name}.bias`)];
  }

  #table(kind: string): string {
    return this.#weight(`embeddings.${kind}_embeddings.weight`);
  }

  #weight(name: string): string {
    return this.#graph.weight(name, this.#tensor(name));
  }

  #rounded(name: string, { values, scales }: Quantised): [string, string] {
    return [this.#graph.weight(name, values), this.#graph.weight(`${name}.scales`, scales)];
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
