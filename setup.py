# SPDX-License-Identifier: GPL-3.0-or-later
"""Has CMake build the library and the module; pyproject.toml says the rest.

VELOCAL_BUILD in the environment names a build folder that is ready: it is taken instead of building anew.
CMAKE_ARGS has more arguments for CMake.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

SOURCE = pathlib.Path(__file__).resolve().parent
VERSION = re.search(r"project\(velocal VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]


class BuildWithCMake(build_ext):
    """Puts the module, and the library beside it."""

    def build_extension(self, ext):
        build = pathlib.Path(os.environ.get("VELOCAL_BUILD") or self.built())
        module = pathlib.Path(self.get_ext_fullpath(ext.name)).resolve()
        module.parent.mkdir(parents=True, exist_ok=True)
        prefix = pathlib.Path(self.build_temp).resolve() / "prefix"
        subprocess.run(["cmake", "--install", build, "--component", "python", "--prefix", prefix], check=True)
        shutil.copy(next(prefix.rglob(f"_velocal*{module.suffix}")), module)
        for library in build.glob("libvelocal/libvelocal.so.[0-9]"):
            shutil.copy(library, module.parent)

    def built(self):
        """A build folder with library and module."""
        build = pathlib.Path(self.build_temp).resolve()
        faster = ["-GNinja"] if shutil.which("ninja") else []
        if shutil.which("ccache"):
            faster.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        subprocess.run(["cmake", "-S", SOURCE, "-B", build, "-DCMAKE_BUILD_TYPE=Release", "-DVELOCAL_TESTS=OFF",
                        "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=8",
                        "-DVELOCAL_NODE=OFF",  # no report, whose page takes the registry of npm
                        f"-DVELOCAL_PYTHON={sys.executable}", *faster, *os.environ.get("CMAKE_ARGS", "").split()], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "velocal_python", "--parallel", str(os.cpu_count())],
                       check=True)
        return build


setup(version=VERSION, ext_modules=[Extension("velocal._velocal", [])], cmdclass={"build_ext": BuildWithCMake})
