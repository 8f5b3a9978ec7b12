"""A language model small enough to train in a test: made from its configuration, with a tokenizer of its own."""

# pyright: reportMissingImports=false

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    LlamaForTokenClassification,
    PreTrainedTokenizerFast,
)

TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
HEADS = {"causal": LlamaForCausalLM, "reward": LlamaForSequenceClassification, "steps": LlamaForTokenClassification}


def tiny_tokenizer(texts: Iterable[str]) -> Any:
    """A byte-level tokenizer that has seen these texts, with a chat template."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    special = ["<pad>", "<|im_start|>", "<|im_end|>"]
    tokenizer.train_from_iterator(
        texts, BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=ByteLevel.alphabet())
    )
    made = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<|im_end|>", model_max_length=512
    )
    made.chat_template = TEMPLATE
    return made


def tiny_model(head: str, tokenizer: Any, folder: Path) -> Any:
    """A model with one layer and the head that a trainer wants: causal, reward or steps. Kept in `folder`."""
    torch.manual_seed(0)
    classes: dict[str, Any] = {"reward": {"num_labels": 1}, "steps": {"num_labels": 2}}.get(head, {})
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=512, pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id, bos_token_id=tokenizer.eos_token_id, **classes,
    )  # fmt: skip
    HEADS[head](config).save_pretrained(folder)
    return HEADS[head].from_pretrained(folder)
