"""What proving a password costs, which is slow and takes memory on purpose.

python bench/scale_sign_in.py [--times 20]
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from goldsmith.server.features.accounts.secrets import hash_new_password, password_matches


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--times", type=int, default=20)
    given = options.parse_args()
    stored = hash_new_password("a long enough password")
    cpu = time.process_time()
    assert all(password_matches(stored, "a long enough password") for _ in range(given.times))
    cpu_ms = 1000 * (time.process_time() - cpu) / given.times
    memory = int(stored.split("m=")[1].split(",")[0]) // 1024
    print(json.dumps({"cpu_ms": cpu_ms, "memory_mib": memory, "sign_ins_per_core_per_s": 1000 / cpu_ms}))


if __name__ == "__main__":
    main()
