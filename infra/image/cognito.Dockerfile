# syntax=docker/dockerfile:1
# The local Cognito with the demo pool, for compose.yaml. What may be sent to the builder is in its .dockerignore.

FROM node:24-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
COPY infra/local-cognito/package.json infra/local-cognito/
COPY lib/folder-lock/package.json lib/folder-lock/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN mkdir /data && chown node /data
USER node
CMD ["node", "--import", "tsx", "infra/local-cognito/src/main.ts", "--setup", "infra/local/try-out-pool.ts"]
