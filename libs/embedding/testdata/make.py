"""Writes the checkpoints that the tests load and the vectors that `transformers` makes with them.

pip install torch transformers        (written with 2.9.1 and 5.24.0)
python make.py                        bert/ and xlm-roberta/: random weights, fixed seeds
python make.py --checkpoint FOLDER    minilm.json: what transformers makes of the real all-MiniLM-L6-v2 in FOLDER
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import AutoModel, BertConfig, BertModel, PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

HERE = Path(__file__).parent
TEXTS = [
    "虽然我们的单价高一些，但是能用五年，平均每天成本更低。",
    "price",
    "we can deliver in three days, and the warehouse is close",
    "",
    "   \t ",
    "我们可以给到45天账期，每月初发对账单",
    "\u0e01\u0e02\u0e03 \u2603\u2603",
    "卖不掉的货我们全部回收，" * 60,
    "Résumé PRICE Delivery",
]
WORDS = "price we can deliver in three days and the warehouse is close resume delivery".split()


def characters():
    return sorted(
        {c for text in TEXTS for c in text.lower() if "\u4e00" <= c <= "\u9fff"}
        | set("0123456789abcdefghijklmnopqrstuvwxyz,.，。")
    )


def word_piece():
    pieces = (
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        + characters()
        + ["##" + c for c in "0123456789abcdefghijklmnopqrstuvwxyz"]
        + WORDS
    )
    tokenizer = Tokenizer(models.WordPiece({p: i for i, p in enumerate(dict.fromkeys(pieces))}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    # Settings that the encoder must not obey: real folders have them too.
    tokenizer.enable_padding(length=32, pad_id=0, pad_token="[PAD]")
    tokenizer.enable_truncation(16)
    return tokenizer, dict(pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]")


def unigram():
    scores = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    scores += [("▁" + word, -4.0) for word in WORDS] + [(c, -6.0) for c in characters()]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer, dict(
        bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>", cls_token="<s>", sep_token="</s>"
    )


def randomise(model):
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if name.endswith("LayerNorm.weight"):
                weights.normal_(1, 0.1)
            elif name.endswith("bias"):
                weights.normal_(0, 0.1)
            else:
                weights.normal_(0, 0.5 if "embeddings" in name else 0.15)


@torch.inference_mode()
def vectors(model, tokenizer, texts, length, cls):
    found = []
    for text in texts:
        encoded = tokenizer(text, truncation=True, max_length=length, padding=False, return_tensors="pt")
        hidden = model(**encoded).last_hidden_state[0]
        found.append(torch.nn.functional.normalize(hidden[0] if cls else hidden.mean(0), dim=0).tolist())
    return found


def write(path, value, indent=1):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")


def checkpoint(name, model, tokenizer, special, prefix, kind, prompts, length, cls):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    randomise(model)
    model.to(kind)
    save_file(
        {prefix + key: value.clone().contiguous() for key, value in model.state_dict().items()},
        folder / "model.safetensors",
    )
    write(folder / "config.json", json.loads(model.config.to_json_string(use_diff=False)))
    tokenizer.save(str(folder / "tokenizer.json"))
    write(folder / "config_sentence_transformers.json", {"prompts": prompts})
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    model.float().eval()
    expected = {"texts": TEXTS}
    for role in ("query", "passage"):
        expected[role] = vectors(model, fast, [prompts.get(role, "") + text for text in TEXTS], length, cls)
    write(folder / "expected.json", expected, indent=None)


def sums(folder):
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in ("SHA256SUMS", "expected.json"))
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder)}\n" for p in files]
    (folder / "SHA256SUMS").write_text("".join(lines))


def bert():
    torch.manual_seed(1)
    tokenizer, special = word_piece()
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=72,
        max_position_embeddings=64,
        type_vocab_size=2,
    )
    model = BertModel(config, add_pooling_layer=False)
    module = "sentence_transformers.models."
    write(
        HERE / "bert/modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
    )
    write(
        HERE / "bert/1_Pooling/config.json",
        {"word_embedding_dimension": 32, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False},
    )
    write(HERE / "bert/sentence_bert_config.json", {"max_seq_length": 48, "do_lower_case": False})
    checkpoint("bert", model, tokenizer, special, "", torch.float32, {"query": "搜索："}, 48, cls=True)
    sums(HERE / "bert")


def xlm_roberta():
    torch.manual_seed(2)
    tokenizer, special = unigram()
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=96,
        max_position_embeddings=42,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    model = XLMRobertaModel(config, add_pooling_layer=False)
    prompts = {"query": "query: ", "passage": "passage: "}
    checkpoint("xlm-roberta", model, tokenizer, special, "roberta.", torch.bfloat16, prompts, 40, cls=False)


def minilm(folder):
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=f"{folder}/tokenizer.json",
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").float().eval()
    texts = TEXTS + [
        "The meeting was moved to next Thursday because our client asked for more time.",
        "Storage costs fell by 25% last year.",
    ]
    found = vectors(model, tokenizer, texts, 256, cls=False)
    write(
        HERE / "minilm.json",
        {"texts": texts, "passage": [[round(x, 6) for x in vector] for vector in found]},
        indent=None,
    )


arguments = argparse.ArgumentParser()
arguments.add_argument("--checkpoint")
folder = arguments.parse_args().checkpoint
if folder:
    minilm(folder)
else:
    bert()
    xlm_roberta()
