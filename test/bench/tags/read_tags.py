"""Reads tags with mutagen: a path a line on stdin, a JSON object a line on stdout."""

import base64
import hashlib
import json
import sys

import mutagen
from mutagen.flac import Picture

KEYS = {
    "id3": {"title": "TIT2", "artist": "TPE1", "album": "TALB"},
    "mp4": {"title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb"},
    "vorbis": {"title": "title", "artist": "artist", "album": "album"},
}


def first(tags, key):
    value = tags.get(key)
    if value is None:
        return None
    values = getattr(value, "text", value)
    return str(values[0]) if len(values) > 0 else None


def covers(file, kind):
    if kind == "id3":
        return [frame.data for frame in file.tags.getall("APIC")]
    if kind == "mp4":
        return [bytes(cover) for cover in file.tags.get("covr", [])]
    if hasattr(file, "pictures"):
        return [picture.data for picture in file.pictures]
    return [Picture(base64.b64decode(text)).data for text in file.get("metadata_block_picture", [])]


def rows(tags, kind):
    """Every tag by its name in the file, as lists of texts."""
    found = {}
    if kind == "id3":
        for frame in tags.values():
            name = frame.FrameID
            if name == "TIPL":
                for role, person in frame.people:
                    found.setdefault(f"TIPL:{role}", []).append(person)
            elif name == "UFID":
                found[f"UFID:{frame.owner}"] = [frame.data.decode()]
            elif name in ("USLT", "COMM"):
                # With a name of its own it is another one to most readers.
                found[name if frame.desc == "" else f"{name}:{frame.desc}"] = texts(frame)
            elif name != "APIC":
                found[f"TXXX:{frame.desc}" if name == "TXXX" else name] = texts(frame)
    elif kind == "mp4":
        for name, values in tags.items():
            if name != "covr":
                found[name] = [text_of(value) for value in (values if isinstance(values, list) else [values])]
    else:
        for name, value in tags:
            if name.upper() != "METADATA_BLOCK_PICTURE":
                found.setdefault(name.upper(), []).append(value)
    return found


def texts(frame):
    return [frame.text] if isinstance(frame.text, str) else [str(text) for text in frame.text]


def text_of(value):
    if isinstance(value, tuple):
        return "/".join(str(part) for part in value)
    if isinstance(value, bytes):
        return value.decode()
    return "1" if value is True else str(value)


def read(path):
    file = mutagen.File(path)
    name = type(file).__name__
    kind = {"MP3": "id3", "WAVE": "id3", "MP4": "mp4"}.get(name, "vorbis")
    tags = file.tags if file.tags is not None else {}
    found = {key: first(tags, name) for key, name in KEYS[kind].items()}
    found["covers"] = [hashlib.md5(data).hexdigest() for data in covers(file, kind)] if tags else []
    found["tags"] = rows(tags, kind)
    found["durationMs"] = round(file.info.length * 1000)
    return found


for line in sys.stdin:
    path = json.loads(line)
    try:
        answer = read(path)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
