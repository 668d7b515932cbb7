#!/usr/bin/env bash
# One package per library, with its README and its documentation inside.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1
output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT

if dotnet pack Smpi.sln --no-build -c "${CONFIGURATION:-Debug}" -o "$output" -v quiet && python3 - "$output" <<'PYTHON'
import pathlib, re, sys, zipfile

packages = {re.sub(r"\.\d+\.\d+\.\d+.*$", "", path.name): path for path in pathlib.Path(sys.argv[1]).glob("*.nupkg")}
libraries = sorted(path.stem for path in pathlib.Path("src").glob("*/*.csproj"))
wrong = [f"{name} has no package" for name in libraries if name not in packages]
for name, path in packages.items():
    inside = zipfile.ZipFile(path).namelist()
    if "README.md" not in inside:
        wrong.append(f"the package {name} has no README.md")
    if not any(entry.endswith(f"/{name}.dll") for entry in inside) and not any(entry.startswith("tools/") for entry in inside):
        wrong.append(f"the package {name} has no {name}.dll")
print("\n".join(wrong))
sys.exit(1 if wrong or not libraries else 0)
PYTHON
then
    echo "passed pack"
else
    echo "failed pack"
    exit 1
fi
