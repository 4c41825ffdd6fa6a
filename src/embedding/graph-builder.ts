import onnxProto, { type onnx } from 'onnx-proto';
import type { Tensor } from './safetensors.ts';

const { AttributeType } = onnxProto.onnx.AttributeProto;
const { DataType } = onnxProto.onnx.TensorProto;
const { ModelProto } = onnxProto.onnx;
const OPSET = 17;

/** A weight as the graph holds it: its type is that of its numbers. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int8Array | BigInt64Array;
}

/** `epsilon` is a fraction, all others are whole numbers. */
type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** Collects the nodes and weights of an ONNX graph; those of `com.microsoft` are onnxruntime's own. */
export class GraphBuilder {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #weights: onnx.ITensorProto[] = [];

  /** @returns `name` */
  weight(name: string, { shape, values }: Weight | Tensor): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const dataType =
      values instanceof Int8Array
        ? DataType.INT8
        : values instanceof BigInt64Array
          ? DataType.INT64
          : DataType.FLOAT;
    this.#weights.push({ name, dims: [...shape], dataType, rawData });
    return name;
  }

  /** A node of one output. @returns the output's name */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    domain: '' | 'com.microsoft' = '',
  ): string {
    const [output = ''] = this.nodeOf(opType, 1, inputs, attributes, domain);
    return output;
  }

  /** @returns the names of its `count` outputs */
  nodeOf(
    opType: string,
    count: number,
    inputs: readonly string[],
    attributes: Attributes = {},
    domain: '' | 'com.microsoft' = '',
  ): string[] {
    const name = `${opType}_${this.#nodes.length}`;
    const output = Array.from({ length: count }, (_, i) => `${name}_${i}`);
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.#nodes.push({ opType, domain, input: [...inputs], output, attribute, name });
    return output;
  }

  /**
   * @param inputs their names; each int64, batch × sequence
   * @param hidden the node's output that is the graph's `last_hidden_state`, batch × sequence × `hiddenSize`
   * @returns the encoded `ModelProto`
   */
  encode(inputs: readonly string[], hidden: string, hiddenSize: number): Uint8Array {
    const result = 'last_hidden_state';
    this.#nodes.push({ opType: 'Identity', input: [hidden], output: [result], name: result });
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
        input: inputs.map((name) => value(name, DataType.INT64, axes)),
        output: [value(result, DataType.FLOAT, [...axes, { dimValue: hiddenSize }])],
      },
    });
    return ModelProto.encode(model).finish();
  }
}

function attributeOf(name: string, value: number | readonly number[]): onnx.IAttributeProto {
  if (typeof value !== 'number') return { name, type: AttributeType.INTS, ints: [...value] };
  if (name === 'epsilon') return { name, type: AttributeType.FLOAT, f: value };
  return { name, type: AttributeType.INT, i: value };
}
