"""onnxruntime's side of `tests/bench embed`: a BERT checkpoint with mean pooling, as fast as onnxruntime makes it.

    python onnxruntime_worker.py FOLDER CACHE

The graph is written with onnxruntime's own fused operators, which is what its optimiser makes of an exported BERT;
8 bits come from its dynamic quantisation. Batches are sorted by length and padded to their longest text. The first
line of input is a JSON list of texts. Every further line asks for one round over all of them:
{"precision": "f32" | "int8", "batch": n, "threads": n}; the answer is {"wall": seconds, "cpu": seconds, "vectors": [...]}.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FOLDER, CACHE = Path(sys.argv[1]), Path(sys.argv[2])
CONFIG = json.loads((FOLDER / "config.json").read_text())
FUSED = "com.microsoft"


class Graph:
    """Nodes and weights of an ONNX graph under construction."""

    def __init__(self, weights):
        self.weights, self.nodes, self.initializers = weights, [], []

    def weight(self, name, values=None):
        if all(name != known.name for known in self.initializers):
            values = self.weights[name] if values is None else values
            self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))
        return name

    def node(self, kind, inputs, output, domain=FUSED, outputs=(), **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output, *outputs], domain=domain, **attributes))
        return output

    def product(self, x, name, output):
        return self.node(
            "MatMul", [x, self.weight(f"{name}.weight", self.weights[f"{name}.weight"].T)], output, domain=""
        )

    def norm(self, x, skip, name, bias, output):
        weights = [self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), self.weight(bias)]
        return self.node("SkipLayerNormalization", [x, skip, *weights], output, epsilon=CONFIG["layer_norm_eps"])


def layer(graph, number, x):
    part = f"encoder.layer.{number}"
    heads = [f"{part}.attention.self.{name}" for name in ("query", "key", "value")]
    matrix = np.concatenate([graph.weights[f"{head}.weight"].T for head in heads], axis=1)
    bias = np.concatenate([graph.weights[f"{head}.bias"] for head in heads])
    inputs = [x, graph.weight(f"{part}.qkv", matrix), graph.weight(f"{part}.qkv_bias", bias), "lengths"]
    mixed = graph.node("Attention", inputs, f"{part}.mixed", num_heads=CONFIG["num_attention_heads"])
    output = graph.product(mixed, f"{part}.attention.output.dense", f"{part}.attended")
    x = graph.norm(
        output, x, f"{part}.attention.output.LayerNorm", f"{part}.attention.output.dense.bias", f"{part}.first"
    )
    wide = graph.product(x, f"{part}.intermediate.dense", f"{part}.wide")
    wide = graph.node("BiasGelu", [wide, graph.weight(f"{part}.intermediate.dense.bias")], f"{part}.gelu")
    narrow = graph.product(wide, f"{part}.output.dense", f"{part}.narrow")
    return graph.norm(narrow, x, f"{part}.output.LayerNorm", f"{part}.output.dense.bias", f"{part}.second")


def build(path):
    graph = Graph(load_file(FOLDER / "model.safetensors"))
    tables = [graph.weight(f"embeddings.{name}_embeddings.weight") for name in ("word", "position", "token_type")]
    norm = [graph.weight("embeddings.LayerNorm.weight"), graph.weight("embeddings.LayerNorm.bias")]
    inputs = ["ids", "types", *tables, *norm, "mask"]
    x = graph.node("EmbedLayerNormalization", inputs, "embedded", outputs=["lengths"], epsilon=CONFIG["layer_norm_eps"])
    for number in range(CONFIG["num_hidden_layers"]):
        x = layer(graph, number, x)
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "length"]) for name in ("ids", "types", "mask")
    ]
    result = helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", "length", CONFIG["hidden_size"]])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    made = helper.make_graph(graph.nodes, "bert", given, [result], graph.initializers)
    save(helper.make_model(made, opset_imports=opsets, ir_version=9), path)


def session(precision, threads):
    exact = CACHE / "bert-f32.onnx"
    path = CACHE / f"bert-{precision}.onnx"
    if not exact.exists():
        build(exact)
    if not path.exists():
        kinds = {"weight_type": QuantType.QInt8, "per_channel": True, "op_types_to_quantize": ["MatMul", "Attention"]}
        # The fused operators have no shape inference; everything in between is f32.
        quantize_dynamic(exact, path, **kinds, extra_options={"DefaultTensorType": TensorProto.FLOAT})
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def encode(session, tokenizer, texts, batch):
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    order = sorted(range(len(texts)), key=lambda text: len(tokens[text]))
    vectors = np.empty((len(texts), CONFIG["hidden_size"]), dtype=np.float32)
    for start in range(0, len(texts), batch):
        chosen = order[start : start + batch]
        longest = max(len(tokens[text]) for text in chosen)
        ids, mask = np.zeros((2, len(chosen), longest), dtype=np.int32)
        for row, text in enumerate(chosen):
            ids[row, : len(tokens[text])] = tokens[text]
            mask[row, : len(tokens[text])] = 1
        hidden = session.run(None, {"ids": ids, "types": np.zeros_like(ids), "mask": mask})[0]
        sums = np.einsum("blw,bl->bw", hidden, mask.astype(np.float32))
        vectors[chosen] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return vectors


def main():
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(CONFIG["max_position_embeddings"])
    texts = json.loads(sys.stdin.readline())
    sessions = {}
    for line in sys.stdin:
        ask = json.loads(line)
        key = (ask["precision"], ask["threads"])
        if key not in sessions:
            sessions[key] = session(*key)
        wall, cpu = time.perf_counter(), time.process_time()
        vectors = encode(sessions[key], tokenizer, texts, ask["batch"])
        answer = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        print(
            json.dumps(answer | {"vectors": [[round(float(x), 7) for x in vector] for vector in vectors]}), flush=True
        )


main()
