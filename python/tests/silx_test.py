# SPDX-License-Identifier: GPL-3.0-or-later
"""What a NeXus viewer shows of the files on opening; skipped where silx is not installed (Debian: python3-silx)."""
import numpy as np
import pytest

nxdata = pytest.importorskip("silx.io.nxdata")
silx_io = pytest.importorskip("silx.io")


@pytest.mark.parametrize("name, shown", [("flux.h5", "total_flux"), ("fit.h5", "E0"), ("matrices.h5", "K")])
def test_a_viewer_shows(dataset, name, shown):
    with silx_io.open(str(dataset.folder() / name)) as file:
        data = nxdata.get_default(file)
        assert data is not None and data.is_valid
        assert data.group.name.endswith(shown)
        assert data.signal.shape == (256, 256)
        assert [axis.shape for axis in data.axes] == [(256,), (256,)]
        assert np.isfinite(data.signal[()]).any()
