"""Tags that other programs write, by mutagen. "write PATH" adds them; "read PATH" shows all tags as JSON lines."""

import base64
import hashlib
import json
import sys

import mutagen
from mutagen import id3
from mutagen.flac import Picture
from mutagen.mp4 import MP4Cover, MP4FreeForm

BACK = b"\x89PNG back cover"
FRONT = b"\xff\xd8\xff front cover"


def picture(kind, mime, data, description):
    made = Picture()
    made.type, made.mime, made.data, made.desc = kind, mime, data, description
    return made


def write_id3(file):
    if file.tags is None:
        file.add_tags()
    tags = file.tags
    tags.add(id3.COMM(encoding=3, lang="deu", desc="Notiz", text=["Gut für Regen"]))
    tags.add(id3.COMM(encoding=3, lang="eng", desc="", text=["A comment"]))
    tags.add(id3.POPM(email="me@example.org", rating=196, count=42))
    tags.add(id3.TXXX(encoding=3, desc="MyTag", text=["one", "two"]))
    tags.add(id3.TXXX(encoding=3, desc="Some Thing Else", text=["Mixed Case"]))
    tags.add(id3.PRIV(owner="org.example", data=b"\x00\x01private"))
    tags.add(id3.UFID(owner="http://example.org", data=b"an id"))
    tags.add(id3.GEOB(encoding=3, mime="text/plain", filename="a.txt", desc="object", data=b"bytes"))
    tags.add(id3.USLT(encoding=3, lang="fra", desc="", text="Paroles\nd'une chanson"))
    tags.add(id3.SYLT(encoding=3, lang="eng", format=2, type=1, desc="s", text=[("la", 100), ("li", 900)]))
    tags.add(id3.WOAR(url="https://example.org/artist"))
    tags.add(id3.WXXX(encoding=3, desc="Shop", url="https://example.org/shop"))
    tags.add(id3.TIPL(encoding=3, people=[["producer", "Ann"], ["mix", "Ben"]]))
    tags.add(id3.TMCL(encoding=3, people=[["guitar", "Cem"]]))
    tags.add(id3.TSOP(encoding=3, text=["Band, The"]))
    tags.add(id3.TIT2(encoding=3, text=["A title"]))
    tags.add(id3.TRCK(encoding=3, text=["3/12"]))
    tags.add(id3.APIC(encoding=3, mime="image/jpeg", type=3, desc="front", data=FRONT))
    tags.add(id3.APIC(encoding=3, mime="image/png", type=4, desc="back", data=BACK))


def write_mp4(file):
    tags = file.tags
    mean = "----:com.apple.iTunes:"
    tags[mean + "MyTag"] = [MP4FreeForm(b"one", 1), MP4FreeForm(b"two", 1)]
    tags[mean + "Mixed Case Name"] = [MP4FreeForm(b"Mixed", 1)]
    tags["----:org.example:Rating"] = [MP4FreeForm(b"\x00\x05raw", 0)]
    tags["\xa9cmt"] = ["A comment"]
    tags["\xa9lyr"] = ["Paroles\nd'une chanson"]
    tags["\xa9nam"] = ["A title"]
    tags["rate"] = ["80"]
    tags["rtng"] = [2]
    tags["stik"] = [1]
    tags["pgap"] = True
    tags["tmpo"] = [121]
    tags["trkn"] = [(3, 12)]
    tags["disk"] = [(1, 2)]
    tags["soar"] = ["Band, The"]
    tags["covr"] = [MP4Cover(FRONT, MP4Cover.FORMAT_JPEG), MP4Cover(BACK, MP4Cover.FORMAT_PNG)]


def write_vorbis(file):
    file["MyTag"] = ["one", "two"]
    file["mixed Case name"] = ["Mixed"]
    file["COMMENT"] = ["A comment"]
    file["DESCRIPTION"] = ["Described"]
    file["RATING"] = ["80"]
    file["LYRICS"] = ["Paroles\nd'une chanson"]
    file["UNSYNCEDLYRICS"] = ["More words"]
    file["PERFORMER"] = ["Cem (guitar)", "Dee (drums)"]
    file["TITLE"] = ["A title"]
    file["TRACKNUMBER"] = ["3"]
    file["TRACKTOTAL"] = ["12"]
    pictures = [picture(3, "image/jpeg", FRONT, "front"), picture(4, "image/png", BACK, "back")]
    if hasattr(file, "add_picture"):
        for one in pictures:
            file.add_picture(one)
    else:
        file["METADATA_BLOCK_PICTURE"] = [base64.b64encode(one.write()).decode() for one in pictures]


def kind_of(file):
    return {"MP3": "id3", "WAVE": "id3", "MP4": "mp4"}.get(type(file).__name__, "vorbis")


def write(path):
    file = mutagen.File(path)
    {"id3": write_id3, "mp4": write_mp4, "vorbis": write_vorbis}[kind_of(file)](file)
    file.save()


def shown(one):
    return [one.type, one.mime, one.desc, hashlib.md5(one.data).hexdigest()]


def frame(one):
    fields = {name: repr(getattr(one, name)) for name in vars(one) if name not in ("encoding", "salt")}
    return json.dumps(fields, sort_keys=True)


def read(path):
    """By name: a list of values, each as a text."""
    file = mutagen.File(path)
    kind = kind_of(file)
    if kind == "id3":
        found = {}
        for key, one in (file.tags or {}).items():
            found[key] = [frame(one)]
        return found
    if kind == "mp4":
        found = {}
        for key, values in (file.tags or {}).items():
            values = values if isinstance(values, list) else [values]
            forms = [[repr(one), getattr(one, "dataformat", None), getattr(one, "imageformat", None)] for one in values]
            found[key] = [json.dumps(form, default=repr) for form in forms]
        return found
    found = {key.lower(): [] for key, _ in file.tags or []}
    for key, value in file.tags or []:
        if key.lower() == "metadata_block_picture":
            value = json.dumps(shown(Picture(base64.b64decode(value))))
        found[key.lower()].append(value)
    if hasattr(file, "pictures"):
        found["metadata_block_picture"] = [json.dumps(shown(one)) for one in file.pictures]
    return found


for line in sys.stdin:
    verb, path = json.loads(line)
    print(json.dumps(write(path) if verb == "write" else read(path)), flush=True)
