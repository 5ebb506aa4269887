# One image for bot and worker. pip is there to fetch the default base model, as outside of containers.
FROM node:22-bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-pip \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npx tsc -p tsconfig.build.json \
    && npm prune --omit=dev \
    && mkdir /data \
    && chown node:node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data
VOLUME /data
CMD ["node", "dist/src/main.js"]
