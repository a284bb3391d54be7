# fetch.py FILE checksums|file: fetches the address on stdin to FILE, from where FILE ends. For fetch.sh, where there is no
# curl. Prints the status of the answer, or "network" or "certificate"; ends with 23 when FILE cannot be written.
# Python's own modules only, 3.5 and newer.
import base64, os, ssl, sys, urllib.error, urllib.parse, urllib.request

path, believed = sys.argv[1], sys.argv[2] == "checksums"

url = urllib.parse.urlsplit(sys.stdin.readline().strip())
headers = {"User-Agent": "harmoni"}
if url.username:
    login = urllib.parse.unquote(url.username) + ":" + urllib.parse.unquote(url.password or "")
    headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    url = url._replace(netloc=url.netloc.rpartition("@")[2])
context = ssl.create_default_context()
extra = os.environ.get("NODE_EXTRA_CA_CERTS")
if extra and os.path.exists(extra):
    context.load_verify_locations(extra)


class Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, *rest):
        new = super().redirect_request(request, *rest)
        old, to = urllib.parse.urlsplit(request.full_url), urllib.parse.urlsplit(new.full_url)
        if (old.scheme == "https" and to.scheme != "https") or (believed and old.netloc != to.netloc):
            return None
        if old.netloc != to.netloc:
            new.remove_header("Authorization")
        return new


have = os.path.getsize(path) if os.path.exists(path) else 0
if have:
    headers["Range"] = "bytes=%d-" % have
opener = urllib.request.build_opener(Redirects, urllib.request.HTTPSHandler(context=context))
try:
    with opener.open(urllib.request.Request(url.geturl(), headers=headers), timeout=30) as answer:
        with open(path, "ab" if answer.status == 206 else "wb") as file:
            while True:
                piece = answer.read(1 << 16)
                if not piece:
                    break
                file.write(piece)
        length = answer.headers.get("Content-Length")
        got = os.path.getsize(path) - (have if answer.status == 206 else 0)
        print("network" if length and got < int(length) else answer.status)
except urllib.error.HTTPError as error:
    print(error.code)
except urllib.error.URLError as error:
    print("certificate" if isinstance(error.reason, ssl.SSLCertVerificationError) else "network")
except OSError as error:
    # The log that would have the word is on the same disk.
    if error.filename or error.errno == 28:
        sys.exit(23)
    print("network")
except Exception:
    print("network")
