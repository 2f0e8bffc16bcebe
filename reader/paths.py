"""Where things lie on this machine.

A profile is one reader's world: its store, its pictures, its settings. The usual one is
spread over the system's own folders; `--profile DIR` keeps everything in one.
"""

from __future__ import annotations

from pathlib import Path

from reader.frozen import frozen

APP = "broadsheet"


@frozen
class Profile:
    data: Path  # news.db, pictures.db
    config: Path  # settings.json, user themes
    state: Path  # window.json, the lock, logs

    @property
    def store(self) -> Path:
        return self.data / "news.db"

    @property
    def pictures(self) -> Path:
        return self.data / "pictures.db"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def window(self) -> Path:
        return self.state / "window.json"

    def make(self) -> None:
        """Create the folders, for this user alone."""
        for folder in (self.data, self.config, self.state):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def usual_profile() -> Profile:
    """The profile of a plain start."""
    import platformdirs

    return Profile(
        data=Path(platformdirs.user_data_dir(APP, appauthor=False)),
        config=Path(platformdirs.user_config_dir(APP, appauthor=False)),
        state=Path(platformdirs.user_state_dir(APP, appauthor=False)),
    )


def sample_profile() -> Profile:
    """The sample newspaper's own profile, apart from the reader's."""
    return profile_in(usual_profile().data / "sample")


def profile_in(folder: Path) -> Profile:
    """A profile kept whole in one folder."""
    folder = folder.expanduser().absolute()
    return Profile(data=folder, config=folder, state=folder)


def resources() -> Path:
    """The folder of bundled themes, fonts, icons and the sample newspaper."""
    here = Path(__file__).resolve().parent
    inside = here / "resources"
    return inside if inside.is_dir() else here.parent / "resources"
