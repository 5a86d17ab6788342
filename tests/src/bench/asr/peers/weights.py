"""Whisper checkpoints of the true sizes with random weights, in Hugging Face's form and in CTranslate2's:
`python weights.py NAME FOLDER`. The same seed gives the same weights."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from ctranslate2.specs import whisper_spec
from safetensors.numpy import save_file

SIZES = {"tiny": (384, 4, 6), "base": (512, 6, 8), "small": (768, 12, 12)}
VOCABULARY, MELS, SOURCE, TARGET = 51_865, 80, 1_500, 448
SPECIAL = ["endoftext", "startoftranscript"]
STEERING = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]


def sinusoids(rows: int, width: int) -> np.ndarray:
    """Whisper's positions of the encoder."""
    steps = np.exp(-np.log(10_000) / (width // 2 - 1) * np.arange(width // 2))
    angles = np.arange(rows)[:, None] * steps
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def tensors(width: int, layers: int) -> dict[str, np.ndarray]:
    """Every tensor by the name it has in `transformers`, in half precision."""
    r = np.random.default_rng(1)
    made: dict[str, np.ndarray] = {}

    def random(name: str, *shape: int, spread: float) -> None:
        made[name] = (r.standard_normal(shape, dtype=np.float32) * spread).astype(np.float16)

    def linear(name: str, outputs: int, inputs: int, bias: bool = True) -> None:
        random(f"{name}.weight", outputs, inputs, spread=inputs**-0.5)
        if bias:
            random(f"{name}.bias", outputs, spread=0.02)

    def norm(name: str) -> None:
        made[f"{name}.weight"], made[f"{name}.bias"] = np.ones(width, np.float16), np.zeros(width, np.float16)

    def attention(name: str) -> None:
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            linear(f"{name}.{part}", width, width, bias=part != "k_proj")
        norm(f"{name}_layer_norm")

    for side in ("encoder", "decoder"):
        norm(f"model.{side}.layer_norm")
        for i in range(layers):
            layer = f"model.{side}.layers.{i}"
            attention(f"{layer}.self_attn")
            if side == "decoder":
                attention(f"{layer}.encoder_attn")
            linear(f"{layer}.fc1", 4 * width, width)
            linear(f"{layer}.fc2", width, 4 * width)
            norm(f"{layer}.final_layer_norm")
    for i, inputs in ((1, MELS), (2, width)):
        random(f"model.encoder.conv{i}.weight", width, inputs, 3, spread=(3 * inputs) ** -0.5)
        random(f"model.encoder.conv{i}.bias", width, spread=0.02)
    made["model.encoder.embed_positions.weight"] = sinusoids(SOURCE, width).astype(np.float16)
    random("model.decoder.embed_positions.weight", TARGET, width, spread=0.02)
    random("model.decoder.embed_tokens.weight", VOCABULARY, width, spread=0.05)
    return made


def converted(made: dict[str, np.ndarray], layers: int, heads: int) -> whisper_spec.WhisperSpec:
    """The same weights for CTranslate2."""
    spec = whisper_spec.WhisperSpec(layers, heads, layers, heads)
    get = lambda name: made[name].astype(np.float32)  # noqa: E731

    def linear(to: object, *names: str) -> None:
        weights = [get(f"{name}.weight") for name in names]
        biases = [get(f"{n}.bias") if f"{n}.bias" in made else np.zeros(len(w), np.float32) for n, w in zip(names, weights)]
        to.weight, to.bias = np.concatenate(weights), np.concatenate(biases)

    def norm(to: object, name: str) -> None:
        to.gamma, to.beta = get(f"{name}.weight"), get(f"{name}.bias")

    def attention(to: object, name: str, own: bool) -> None:
        query, key, value = (f"{name}.{part}_proj" for part in "qkv")
        if own:
            linear(to.linear[0], query, key, value)
        else:
            linear(to.linear[0], query)
            linear(to.linear[1], key, value)
        linear(to.linear[-1], f"{name}.out_proj")
        norm(to.layer_norm, f"{name}_layer_norm")

    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.position_encodings.encodings = get(f"model.{side}.embed_positions.weight")
        norm(part.layer_norm, f"model.{side}.layer_norm")
        for i, layer in enumerate(part.layer):
            name = f"model.{side}.layers.{i}"
            attention(layer.self_attention, f"{name}.self_attn", own=True)
            if side == "decoder":
                attention(layer.attention, f"{name}.encoder_attn", own=False)
            linear(layer.ffn.linear_0, f"{name}.fc1")
            linear(layer.ffn.linear_1, f"{name}.fc2")
            norm(layer.ffn.layer_norm, f"{name}.final_layer_norm")
    for i, conv in ((1, spec.encoder.conv1), (2, spec.encoder.conv2)):
        conv.weight, conv.bias = get(f"model.encoder.conv{i}.weight"), get(f"model.encoder.conv{i}.bias")
    tokens = get("model.decoder.embed_tokens.weight")
    spec.decoder.embeddings.weight, spec.decoder.projection.weight = tokens, tokens
    spec.decoder.scale_embeddings = False
    return spec


def vocabulary() -> list[str]:
    """Names of the tokens, as in the checkpoints for many languages."""
    text = [f"t{i}" for i in range(50_257)]
    languages = [f"<|x{i}|>" for i in range(99)]
    names = [f"<|{name}|>" for name in SPECIAL] + languages + [f"<|{name}|>" for name in STEERING]
    times = [f"<|{i * 0.02:.2f}|>" for i in range(VOCABULARY - 50_257 - len(names))]
    return text + names + times


def main(name: str, folder: Path) -> None:
    """Write both forms."""
    width, layers, heads = SIZES[name]
    made = tensors(width, layers)
    folder.mkdir(parents=True, exist_ok=True)
    shape = {f"{side}_{key}": value for side in ("encoder", "decoder") for key, value in (
        ("layers", layers), ("attention_heads", heads), ("ffn_dim", 4 * width))}
    sizes = {"vocab_size": VOCABULARY, "num_mel_bins": MELS, "d_model": width, "max_source_positions": SOURCE, "max_target_positions": TARGET}
    (folder / "config.json").write_text(json.dumps({"model_type": "whisper", "activation_function": "gelu", **sizes, **shape}))
    save_file(made, folder / "model.safetensors")
    spec = converted(made, layers, heads)
    spec.config.suppress_ids, spec.config.suppress_ids_begin, spec.config.lang_ids = [], [], [50_259]
    spec.config.alignment_heads = [(layers - 1, 0)]
    spec.register_vocabulary(vocabulary())
    spec.validate()
    spec.optimize(quantization="int8")
    (folder / "ctranslate2").mkdir(exist_ok=True)
    spec.save(str(folder / "ctranslate2"))
    (folder / "ready").touch()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
