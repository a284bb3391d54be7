FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are only for types and builds. fluent-ffmpeg ships its own test coverage report, which nobody needs.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/fluent-ffmpeg/coverage

FROM node:24-trixie-slim AS tools
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv \
  && python3 -m venv /opt/yt-dlp \
  && /opt/yt-dlp/bin/pip install --no-cache-dir "yt-dlp[default]" \
  && /opt/yt-dlp/bin/pip uninstall -y pip
# Copies only the libraries that ffmpeg links to. Half of what apt installs with it is for graphics cards.
RUN ls /usr/lib/*-linux-gnu >/tmp/there \
  && apt-get install -y --no-install-recommends ffmpeg \
  && mkdir -p /opt/ffmpeg/lib && cp /usr/bin/ffmpeg /usr/bin/ffprobe /opt/ffmpeg \
  && ldd /usr/bin/ffmpeg /usr/bin/ffprobe | awk '$2 == "=>" { print $3 }' | sort -u \
    | while read -r library; do grep -qxF "${library##*/}" /tmp/there || cp -L "$library" /opt/ffmpeg/lib; done

FROM node:24-trixie-slim
LABEL org.opencontainers.image.title="HARMONI" \
  org.opencontainers.image.description="Turns your Spotify playlists into a music library you own, from the terminal." \
  org.opencontainers.image.version="2.0.0" \
  org.opencontainers.image.licenses="MIT"
# python3 runs the newer yt-dlp that `harmoni doctor --fix` installs in the data folder.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates python3 tini \
  && rm -rf /var/lib/apt/lists/*
COPY --from=tools /opt /opt
RUN echo /opt/ffmpeg/lib >/etc/ld.so.conf.d/ffmpeg.conf && ldconfig \
  && ln -s /opt/ffmpeg/ffmpeg /opt/ffmpeg/ffprobe /opt/yt-dlp/bin/yt-dlp /usr/local/bin/ \
  && ln -s /app/src/docker/entrypoint.sh /usr/local/bin/harmoni \
  && ln -s /app/src/docker/health.sh /usr/local/bin/harmoni-health

WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json config.json.example ./
COPY src src
# The folders have the same names as in the project, so data/... and music/... mean the same inside and outside.
# config.json is in the data folder, because a file that's mounted alone can't be replaced atomically, and Docker creates
# a folder in its place if it's missing.
ENV HARMONI_INSTALLED_WITH=docker \
  HARMONI_CONFIG=/app/data/config.json \
  HARMONI_DATA_DIR=/app/data \
  HARMONI_OUTPUT_DIR=/app/music \
  NODE_COMPILE_CACHE=/app/data/tools/compile-cache \
  MALLOC_ARENA_MAX=2 \
  HOME=/tmp \
  XDG_CACHE_HOME=/app/data/cache \
  PIP_NO_CACHE_DIR=1
RUN mkdir data music && chown node:node data music

EXPOSE 8888
# No USER: the entrypoint starts as root, then becomes the owner of the data folder. --user works too.
ENTRYPOINT ["tini", "-s", "--", "harmoni"]
HEALTHCHECK --interval=10m --timeout=1m --start-period=1m --retries=2 CMD ["harmoni-health"]
