FROM node:24-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates ffmpeg python3 python3-venv \
  && rm -rf /var/lib/apt/lists/* \
  && python3 -m venv /opt/yt-dlp \
  && /opt/yt-dlp/bin/pip install --no-cache-dir "yt-dlp[default]" \
  && ln -s /opt/yt-dlp/bin/yt-dlp /usr/local/bin/yt-dlp

WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY config.json.example* ./
COPY src ./src

# Settings and state are in one volume. config.json as a single mounted file could not be replaced whole.
ENV HARMONI_CONFIG=/app/data/config.json \
    HARMONI_DATA_DIR=/app/data \
    HARMONI_OUTPUT_DIR=/app/music \
    NODE_COMPILE_CACHE=/app/data/tools/compile-cache

# For volumes that Docker makes itself; a mounted folder keeps its own owner.
RUN mkdir -p data music export && chown node:node data music export
USER node
EXPOSE 8888
ENTRYPOINT ["node", "/app/src/index.ts"]
