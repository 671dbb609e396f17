#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the conda recipe and the Apptainer definition from the list of packages in ./bootstrap.

make_recipes.py [--check]: --check compares only, and ends with 1 where they are out of date. Neither has been run here:
there is no conda and no Apptainer on the machines that build velocal.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What conda-forge calls a package of Debian's; None: it comes with another one, or nobody needs it there.
CONDA = {
    "g++": "{{ compiler('cxx') }}", "cmake": "cmake", "ninja-build": "ninja", "git": "git", "pkg-config": "pkg-config",
    "libboost-dev": "libboost-headers", "libboost-program-options-dev": "libboost-devel",
    "libboost-filesystem-dev": None, "libeigen3-dev": "eigen", "libgsl-dev": "gsl", "libhdf5-dev": "hdf5",
    "libyaml-cpp-dev": "yaml-cpp", "libfmt-dev": "fmt", "nlohmann-json3-dev": "nlohmann_json", "libxxhash-dev": "xxhash",
    "libssl-dev": "openssl", "libarchive-dev": "libarchive", "libdeflate-dev": "libdeflate", "zlib1g-dev": "zlib", "catch2": None, "libbenchmark-dev": None,
    "hdf5-tools": None, "xz-utils": None, "gnuplot-nox": "gnuplot", "python3-dev": "python", "python3-numpy": "numpy",
    "pybind11-dev": "pybind11",
}
BUILD_TOOLS = {"g++", "cmake", "ninja-build", "git", "pkg-config"}
RUN = {"gnuplot-nox", "python3-dev", "python3-numpy"}


def debian_packages() -> list[str]:
    text = (ROOT / "bootstrap").read_text()
    return re.search(r"^packages=\(([^)]*)\)", text, re.MULTILINE)[1].split()


def version() -> str:
    return re.search(r"project\(velocal VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]


def conda_recipe(packages: list[str]) -> str:
    unknown = [package for package in packages if package not in CONDA]
    if unknown:
        sys.exit(f"make_recipes.py: conda's name is not known of {', '.join(unknown)}. Add it to CONDA")

    def names(chosen) -> str:
        return "".join(f"    - {CONDA[package]}\n" for package in packages if package in chosen and CONDA[package])

    return f"""# Made by packaging/make_recipes.py. Not run: conda cannot be had where velocal is built.
package:
  name: velocal
  version: "{version()}"
source:
  path: ../..
build:
  number: 0
  script:
    - cmake -S . -B build/conda -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=$PREFIX -DVELOCAL_TESTS=OFF -DVELOCAL_PYTHON=$PYTHON -DVELOCAL_PYTHON_FOLDER=$SP_DIR
    - cmake --build build/conda
    - cmake --install build/conda
requirements:
  build:
{names(BUILD_TOOLS)}  host:
{names(set(packages) - BUILD_TOOLS - {"gnuplot-nox"})}  run:
{names(RUN)}test:
  commands:
    - velocal-fit --version
  imports:
    - velocal
about:
  summary: "Calibration of VeloPix threshold scans: flux, fits, target and gain"
  license: GPL-3.0-or-later
  license_file: LICENSE
"""


def apptainer_definition(packages: list[str]) -> str:
    return f"""# Made by packaging/make_recipes.py. Not run: Apptainer cannot be had where velocal is built.
# apptainer build velocal.sif packaging/apptainer/velocal.def, from the root of the checkout.
Bootstrap: docker
From: debian:bookworm

%files
    . /opt/source

%post
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install --yes --no-install-recommends {' '.join(packages)}
    cmake -S /opt/source -B /opt/build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr -DVELOCAL_TESTS=OFF
    cmake --build /opt/build
    cmake --install /opt/build
    rm -rf /opt/build /opt/source /var/lib/apt/lists/*

%test
    velocal-fit --version

%runscript
    exec "$@"
"""


def main() -> int:
    packages = debian_packages()
    recipes = {"packaging/conda/meta.yaml": conda_recipe(packages),
               "packaging/apptainer/velocal.def": apptainer_definition(packages)}
    stale = [name for name, text in recipes.items()
             if not (ROOT / name).exists() or (ROOT / name).read_text() != text]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"{name} is out of date. Run packaging/make_recipes.py")
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(recipes[name])
    return 0


sys.exit(main())
