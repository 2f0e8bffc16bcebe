"""What stands where there is no article fits into whatever room there is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.article_pane.faces import Face, FaceView
from reader.ui.theme import Theme


@pytest.mark.parametrize("height", [130, 150, 184, 199, 200, 300])
def test_nothing_of_a_face_is_cut(theme: Theme, qtbot: QtBot, height: int) -> None:
    view = FaceView(theme)
    qtbot.addWidget(view)
    view.show_face(Face.NOTHING_CHOSEN)
    view.resize(420, height)
    image = view.grab().toImage()
    for y in (0, 1, image.height() - 2, image.height() - 1):
        assert {image.pixelColor(x, y).name() for x in range(image.width())} == {theme.colours.page.name()}
